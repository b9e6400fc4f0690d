// A stranger's project among the recipes, made in build/recipes/: its tools by its own lock file, libdenoise
// from the tarball of `npm run build:package`, built by its own script. The tools are fetched once.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Builds docs/recipes/<name> in build/recipes/<name>. */
export function buildProject(name) {
  const source = here(`docs/recipes/${name}`);
  const folder = here(`build/recipes/${name}`);
  // Vite's build(), which another test calls, leaves "production" in this process: npm installs no tools then.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV'));
  const npm = (...words) => execFileSync('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env, stdio: 'pipe' });
  const lock = readFileSync(join(source, 'package-lock.json'), 'utf8');
  const installed = join(folder, 'node_modules/.installed-lock.json');
  const tools = existsSync(installed) && readFileSync(installed, 'utf8') === lock;
  if (!tools) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  cpSync(source, folder, { recursive: true, filter: (path) => !/\/(node_modules|dist)$/.test(path) });
  if (!tools) {
    npm('ci', '--prefer-offline');
    writeFileSync(installed, lock);
  }
  const tarball = readdirSync(here('dist-package')).find((file) => file.endsWith('.tgz'));
  rmSync(join(folder, 'node_modules/libdenoise'), { recursive: true, force: true });
  npm('install', '--prefer-offline', '--no-save', '--no-package-lock', here(`dist-package/${tarball}`));
  npm('run', 'build');
}
