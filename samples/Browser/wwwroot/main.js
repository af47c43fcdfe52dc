// Starts .NET, and gives both parts of the page the methods of Page.cs.
import { dotnet } from './_framework/dotnet.js';
import { showBearing } from './bearing.js';
import { showHello } from './hello.js';

const loading = document.getElementById('loading');
try {
  const { getAssemblyExports, getConfig } = await dotnet.create();
  const { Page } = await getAssemblyExports(getConfig().mainAssemblyName);
  showHello(Page);
  showBearing(Page);
  loading.textContent = `Loaded in ${(performance.now() / 1000).toFixed(1)} s.`;
} catch (error) {
  loading.textContent = `This does not work here: ${error}`;
  throw error;
}
