/** The part of the platform's WebAssembly that is used here; TypeScript has it only in its library for browsers. */
declare namespace WebAssembly {
	type Exports = Record<string, unknown>;
	function instantiate(bytes: Uint8Array, imports: Record<string, object>): Promise<{ readonly instance: { readonly exports: Exports } }>;
}
