import { describe, expect, test } from 'vitest';
import { openMetrics } from '#lib/observability/metrics.js';

describe('the time of steps, on the page of figures', () => {
	test('each bucket counts what lies below it, and the last one everything', async () => {
		const { registry, stepTimes } = openMetrics({ process: false });
		for (const seconds of [0.0005, 0.001, 0.002, 20]) stepTimes.observe('afkSeen', seconds);
		stepTimes.observe('shutup', 0.3);
		const page = await registry.metrics();
		const of = (line: string) => new RegExp(`^${line.replaceAll(/[{}+.]/g, '\\$&')} (\\S+)$`, 'm').exec(page)?.[1];
		expect(page).toContain('# TYPE evict_step_seconds histogram');
		expect(of('evict_step_seconds_bucket{step="afkSeen",le="0.001"}')).toBe('2');
		expect(of('evict_step_seconds_bucket{step="afkSeen",le="0.0025"}')).toBe('3');
		expect(of('evict_step_seconds_bucket{step="afkSeen",le="10"}')).toBe('3');
		expect(of('evict_step_seconds_bucket{step="afkSeen",le="+Inf"}')).toBe('4');
		expect(of('evict_step_seconds_count{step="afkSeen"}')).toBe('4');
		expect(Number(of('evict_step_seconds_sum{step="afkSeen"}'))).toBeCloseTo(20.0035);
		expect(of('evict_step_seconds_bucket{step="shutup",le="0.25"}')).toBe('0');
		expect(of('evict_step_seconds_bucket{step="shutup",le="0.5"}')).toBe('1');
	});

	test('no step, no line', async () => {
		expect(await openMetrics({ process: false }).registry.metrics()).not.toContain('evict_step_seconds_count');
	});
});
