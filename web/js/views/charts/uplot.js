// @ts-check
/** uPlot, fetched when the first chart is drawn: its build of one file is a script, which makes a global. */

/** @import UPlot from "../../../vendor/uplot/uPlot.js" */
import { base } from "../../base.js";

const ADDRESS = base("/vendor/uplot/uPlot.iife.min.js");

/** @typedef {{ createPolicy: (name: string, rules: { createScriptURL: () => string }) => { createScriptURL: (url: string) => string } }} TrustedTypes */

/** Gives leave to run this one script, where the browser asks for it. */
const policy = /** @type {{ trustedTypes?: TrustedTypes }} */ (globalThis).trustedTypes?.createPolicy("uplot", { createScriptURL: () => ADDRESS });

/** @type {Promise<void> | null} */
let coming = null;

/** The library, once it is here. */
export const uplot = () => /** @type {{ uPlot?: typeof UPlot }} */ (globalThis).uPlot;

/** Fetch the library: once, or again after it could not be had. */
export const fetchUplot = () => (coming ??= asked());

/** @returns {Promise<void>} */
function asked() {
  return new Promise((done, lost) => {
    const script = document.createElement("script");
    script.onload = () => done();
    script.onerror = () => {
      coming = null;
      lost(new Error("The chart could not be fetched from the server"));
    };
    script.src = policy?.createScriptURL("") ?? ADDRESS;
    document.head.append(script);
  });
}
