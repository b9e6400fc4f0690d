// How many steps, as every sentence of the page has it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPage } from './load.mjs';

const page = await openPage();
after(() => page.close());
const { stepCount } = await page.load('drawing/svg.ts');

test('one step is one step', () => assert.deepEqual([0, 1, 20000].map(stepCount), ['0 steps', '1 step', '20,000 steps']));
