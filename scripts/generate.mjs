// Makes src/generated: everything that is derived from other files and lies in no commit. Every npm script that needs it
// calls this first, so a step whose inputs are unchanged costs nothing. A new step is a file in scripts/generate/ that
// exports `{ name, inputs, output, run }`, and one line here.

import { messages } from './generate/messages.mjs';
import { prismaClient } from './generate/prismaClient.mjs';
import { runStep, withLock } from './generate/step.mjs';

const steps = [prismaClient, messages];

await withLock(async () => {
	for (const step of steps) await runStep(step);
});
