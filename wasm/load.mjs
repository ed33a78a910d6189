// Both builds behind one interface: the one with the readers of PDF and spreadsheets is loaded when such a file comes.
import init, * as core from './web.mjs';

let full;

/** Loads the small build. `sources` are the addresses of both, if they do not lie beside the scripts. */
export async function loaded(sources = {}) {
  await init(sources.core);
  const withFull = async (call) => {
    try {
      return call(core);
    } catch (error) {
      if (error?.reason !== 'not_built') throw error;
      full ??= import('./full.mjs').then(async (module) => {
        await module.default(sources.full);
        return module;
      });
      full.catch(() => (full = undefined)); // the next file tries again
      return call(await full);
    }
  };
  return {
    ...core,
    read: (bytes, options) => withFull((module) => module.read(bytes, options)),
    readJson: (bytes, options) => withFull((module) => module.readJson(bytes, options)),
    reread: (members, options) => withFull((module) => module.reread(members, options)),
  };
}
