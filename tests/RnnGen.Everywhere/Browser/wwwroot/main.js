// Runs the program in a page. What it printed is the variable report. The arguments are those of the address: index.html?--measure&--values
import { dotnet } from './_framework/dotnet.js';

const lines = [];
console.log = line => lines.push(line);
console.error = line => lines.push(line);
try {
  const { runMain } = await dotnet.withApplicationArguments(...location.search.slice(1).split('&').filter(word => word)).create();
  await runMain();
} catch (error) {
  lines.push(`${error}`);
}
globalThis.report = lines.join('\n') + '\n';
