// Runs the program in Node.js: node node.mjs FOLDER ARGUMENTS, with the folder that was published.
import { pathToFileURL } from 'node:url';

const [folder, ...words] = process.argv.slice(2);
const { dotnet } = await import(pathToFileURL(`${folder}/wwwroot/_framework/dotnet.js`));
const { runMain } = await dotnet.withApplicationArguments(...words).create();
process.exit(await runMain());
