import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { coverage, renderCoverage } from '../emulator/spec/coverage.js';
import { findDocument, readDocument } from '../emulator/spec/document.js';
import { renderOperationTable } from '../emulator/spec/renderOperationTable.js';

const fileOf = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const document = findDocument(process.argv[2]);
if (document === null) {
	console.error("Discord's official description was not found, so the table of operations stays as it is (set DISCORD_API_SPEC).");
} else {
	writeFileSync(fileOf('emulator/spec/operationTable.ts'), renderOperationTable(readDocument(document).operations));
}

const rows = coverage();
writeFileSync(fileOf('docs/discord-operations.md'), renderCoverage(rows));
for (const standing of ['implemented', 'not needed', 'missing'] as const) {
	const found = rows.filter((row) => row.standing === standing);
	console.log(`${standing}: ${found.length}${standing === 'missing' ? ` (${found.map(({ operation }) => operation.id).join(', ')})` : ''}`);
}
