// A reader's own data in the page: by the file's control, by drop and by paste. That malformed files lose
// nothing is tests/page/own_data.test.mjs's; here those that a browser decodes.
import { dice } from '../page/dice.mjs';
import type { Page } from '@playwright/test';
import { expect, loaded, open, reached, requests, test, value } from './page';

const give = (page: Page, name: string, content: string | Buffer) => page.getByTestId('file').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
const opened = (page: Page) => page.getByTestId('opened');
const refused = (page: Page) => page.getByTestId('error-file');

/** A PNG of a browser's own making. */
const png = async (page: Page, width: number, height: number, paint: string): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(
      ([w, h, colour]) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
        const context = canvas.getContext('2d')!;
        context.fillStyle = colour;
        context.fillRect(0, 0, w / 2, h);
        return canvas.toDataURL('image/png').split(',')[1]!;
      },
      [width, height, paint] as const,
    ),
    'base64',
  );

test('points are opened, dropped and pasted; what is wrong is said beside the control, and the figure stays', async ({ page }) => {
  await open(page, 'scene=plane');
  await loaded(page);
  const asked = requests(page);
  await give(page, 'mine.csv', 'x,y\n0,0\n3,0\n1,2');
  await expect(opened(page)).toHaveText('Opened mine.csv: 3 points; “x, y” was taken for names.');
  await expect(page.getByTestId('points')).toHaveValue('0, 0\n3, 0\n1, 2');
  await give(page, 'mine.csv', 'x,y\n0,0\n3,zero\n1,2');
  await expect(refused(page)).toHaveText('Line 3, column 2: “zero” is not a number.');
  await expect(page.getByTestId('points')).toHaveValue('0, 0\n3, 0\n1, 2');
  await expect(opened(page)).toBeEmpty();

  const event = (type: 'drop' | 'paste', text: string) =>
    page.evaluate(
      ([kind, content]) => {
        const data = new DataTransfer();
        if (kind === 'drop') data.items.add(new File([content], 'dropped.csv'));
        else data.setData('text/plain', content);
        document.body.dispatchEvent(kind === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }) : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      },
      [type, text] as const,
    );
  await event('drop', '0;0\n4;0\n0;1,5');
  await expect(opened(page)).toContainText('dropped.csv: 3 points');
  await expect(refused(page)).toBeHidden();
  await expect(page.getByTestId('points')).toHaveValue('0, 0\n4, 0\n0, 1.5');
  await event('paste', '1\n2\n5');
  await expect(page.getByTestId('scene-line')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByTestId('points')).toHaveValue('1, 2, 5');
  await page.getByTestId('undo').click();
  await expect(page.getByTestId('points')).toHaveValue('0, 0\n4, 0\n0, 1.5');
  // Text that is pasted where text is edited is the text's.
  await page.getByTestId('points').focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '9\n8');
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByTestId('scene-plane')).toHaveAttribute('aria-current', 'page');
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v === 1);
  expect(asked).toEqual([]);
});

test('pictures of one’s own are images among the digits, and train', async ({ page }) => {
  await open(page, 'scene=images&images=0,16,23&samples=10&width=20');
  await loaded(page);
  await give(page, 'half.png', await png(page, 56, 56, '#fff'));
  await expect(opened(page)).toHaveText('Opened half.png: 1 image, now under “own”.');
  await expect(page.getByTestId('picked-1000')).toBeVisible();
  await expect(page.getByTestId('digit-10')).toHaveText('own');
  await page.getByTestId('digit-10').click();
  await expect(page.getByTestId('pick-1000')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.count')).toContainText('do not hold them');
  // White on its left half: grey values of 1, as many as half the pixels.
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v === 1);
  expect(await value(page, 'image-error-trained-3')).toBeGreaterThan(0);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-figure').click()]);
  expect(await (await import('node:fs/promises')).readFile(await download.path(), 'utf8')).toContain('own (no. 1)');
  await expect(page.locator('.pictures th[scope=col]').filter({ hasText: 'own' }).first(), 'numbered from 1').toHaveText(/^own\s*no\. 1$/);
  await expect(page.getByTestId('picked-1000')).toHaveAttribute('title', 'Remove no. 1');
  // Elsewhere the link says that they are not there.
  const other = await page.context().newPage();
  const hash = await page.evaluate(() => new Promise<string>((done) => setTimeout(() => done(location.hash), 400)));
  await other.goto(`./${hash}`);
  await expect(other.getByTestId('note')).toContainText('no image set “digits and your own images”'.replace(/[“”]/g, '"'));
  await other.close();
});

test('damaged pictures end in a sentence and lose nothing', async ({ page }) => {
  await open(page, 'scene=plane&preset=obtuse');
  await loaded(page);
  const sound = await png(page, 40, 30, '#8cf');
  const { whole, chance } = dice(7);
  const before = await page.getByTestId('points').inputValue();
  for (let n = 0; n < 25; ++n) {
    // A byte of the compressed pixels is checked by a sum; the last ones may be cut.
    const at = whole(41, sound.length - 30);
    const file = Buffer.from(chance(0.5) ? sound.subarray(0, whole(10, 50)) : sound);
    if (file.length === sound.length) for (let i = at; i < at + 12; ++i) file[i] = whole(0, 255);
    await give(page, `${n}.png`, file);
    await expect(refused(page)).toHaveText(/^(Byte \d+: .*|The picture cannot be decoded: .*)\.$/);
    await give(page, 'nothing.csv', '\n');
    await expect(refused(page)).toHaveText('The file holds no points.');
  }
  expect(await page.getByTestId('points').inputValue()).toBe(before);
  await expect(page.getByTestId('scene-plane')).toHaveAttribute('aria-current', 'page');
});
