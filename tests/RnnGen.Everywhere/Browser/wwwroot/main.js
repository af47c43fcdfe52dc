// Runs the program in a page, and sends what it prints to the server. The arguments are those of the address: index.html?--measure&--values
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
await fetch('/report', { method: 'POST', body: lines.join('\n') + '\n' });
