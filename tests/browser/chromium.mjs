// The browser of the tests and of the gallery: named by CHROMIUM, else the first one on PATH.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// Without windows first: the same engine at two thirds of the time.
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const runs = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export function chromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of process.env.CHROMIUM ? [process.env.CHROMIUM] : names) {
    for (const file of name.includes('/') ? [name] : folders.map((folder) => join(folder, name))) {
      if (runs(file)) return file;
    }
  }
  throw new Error('No Chromium was found on PATH: install one, or name it in CHROMIUM.');
}

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
