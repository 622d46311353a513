import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findDocument, readDocument } from '../emulator/spec/document.js';
import { renderOperationTable } from '../emulator/spec/renderOperationTable.js';

const document = findDocument(process.argv[2]);
if (document === null) {
	console.error("Discord's official description was not found; set DISCORD_API_SPEC to its openapi.json.");
	process.exit(1);
}
const { operations } = readDocument(document);
writeFileSync(fileURLToPath(new URL('../emulator/spec/operationTable.ts', import.meta.url)), renderOperationTable(operations));
