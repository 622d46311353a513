// The same sentence as src/lib/core/nodeVersion.ts, for scripts that run before anything is compiled.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
	process.stderr.write(
		`Evict needs Node 22.12 or newer, and this is Node ${process.versions.node}: on Linux "npm ci" brings a newer one for all npm scripts, elsewhere install one from https://nodejs.org.\n`
	);
	process.exit(1);
}
