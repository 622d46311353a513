import { defineConfig } from 'vite';

// The page is served below /playground/ by the emulator; nothing of it comes from anywhere else.
export default defineConfig({
	root: import.meta.dirname,
	base: '/playground/',
	build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
	oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } }
});
