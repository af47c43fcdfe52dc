// Serves a folder on loopback and opens it in headless Chromium, which is told what to do by the DevTools protocol, over a pipe.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

// A static file server: { address, close() }. A file that was compressed by brotli is sent so.
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const file = join(folder, path);
    const isCompressed = /\bbr\b/.test(request.headers['accept-encoding']) && existsSync(`${file}.br`);
    const headers = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Vary': 'Accept-Encoding' };
    if (isCompressed) headers['Content-Encoding'] = 'br';
    try {
      const content = readFileSync(isCompressed ? `${file}.br` : file);
      response.writeHead(200, headers).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// A browser with one page. Its events are given to onEvent(method, parameters).
export async function launch(onEvent = () => {}) {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const browser = spawn('chromium', [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--hide-scrollbars', '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [, , , toBrowser, fromBrowser] = browser.stdio;
  const calls = new Map();
  let count = 0, session, text = '';

  fromBrowser.setEncoding('utf8').on('data', part => {
    const messages = (text + part).split('\0');
    text = messages.pop();
    for (const { id, method, params, result, error } of messages.map(message => JSON.parse(message))) {
      if (!id) {
        onEvent(method, params);
        continue;
      }
      const { resolve, reject } = calls.get(id);
      calls.delete(id);
      error ? reject(new Error(error.message)) : resolve(result);
    }
  });

  // A command of the DevTools protocol.
  function send(method, params = {}) {
    return new Promise((resolve, reject) => {
      calls.set(++count, { resolve, reject });
      toBrowser.write(JSON.stringify({ id: count, method, params, sessionId: session }) + '\0');
    });
  }

  const { targetInfos } = await send('Target.getTargets');
  session = (await send('Target.attachToTarget', { targetId: targetInfos.find(target => target.type === 'page').targetId, flatten: true })).sessionId;
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);

  // The value of an expression in the page; a promise is awaited.
  async function evaluate(expression) {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  // Waits until an expression is true, and returns its value. A page that is busy for too long is too late, too.
  async function until(expression, seconds) {
    let timer, value;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not within ${seconds} s: ${expression}`)), 1000 * seconds);
    });
    try {
      while (!(value = await Promise.race([evaluate(expression), late]))) await new Promise(resolve => setTimeout(resolve, 20));
      return value;
    } finally {
      clearTimeout(timer);
    }
  }

  async function close() {
    const exit = new Promise(resolve => browser.on('exit', resolve));
    browser.kill();
    await exit;

    // Its helpers end a little later, and write until then.
    for (let tries = 50; ; tries--) {
      try {
        return rmSync(profile, { recursive: true, force: true });
      } catch (error) {
        if (tries === 0) throw error;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
  }

  return { send, evaluate, until, close };
}
