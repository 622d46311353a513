import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#generated/prisma/client.js';
import type { Transaction } from '#lib/settings/repository.js';

/** Stands for a transaction where only fakes get it: a client of no database, which any statement would show. */
export const emptyTransaction: Transaction = new PrismaClient({ adapter: new PrismaPg({ host: '127.0.0.1', port: 1 }) });
