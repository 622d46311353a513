/** The emulator of the benchmark, in a process of its own. */
import { startEmulator } from '../../emulator/emulator.js';

const emulator = await startEmulator({ inspect: false });
process.on('disconnect', () => process.exit(0));
process.send?.(emulator.describe());
