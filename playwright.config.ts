// The page's tests, in the Chromium that is installed: `npm run build && npx playwright test`.
// CHROMIUM names another browser than the first one on PATH.
import { defineConfig } from '@playwright/test';
import { chromium, chromiumFlags } from './tests/browser/chromium.mjs';
import { ports } from './tests/browser/server.mjs';

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  // A test mostly waits for its page: two at a time fill two cores.
  workers: 2,
  // Ample, for machines that are busy with other things.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // The summary names who needed it, and why.
  retries: 1,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${ports.site}/some/sub/path/`,
    viewport: { width: 1440, height: 900 },
    // Runs are shown at once; recording.spec.ts has them played.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: chromium(), args: chromiumFlags },
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'node tests/browser/server.mjs',
    url: `http://localhost:${ports.site}/some/sub/path/`,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
