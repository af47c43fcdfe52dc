// Runs the program in headless Chromium: node chromium.mjs FOLDER ARGUMENTS, with the folder that was published.
import { launch, serve } from '../../../.ci/chromium.mjs';

const [folder, ...words] = process.argv.slice(2);
const server = await serve(`${folder}/wwwroot`);
const browser = await launch();
let text;
try {
  await browser.send('Page.navigate', { url: `${server.address}index.html?${words.join('&')}` });
  text = await browser.until('globalThis.report', 300);
} catch (error) {
  text = `FAILED: ${error.message}\n`;
}

await browser.close();
server.close();
process.stdout.write(text);
process.exitCode = /^[0-9]+ passed, 0 failed$/m.test(text) || words.includes('start') ? 0 : 1;
