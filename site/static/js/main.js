// Starts what finds its `data-` hook on the page. Every page works without any of it.
import { start as startAutosave } from "./autosave.js";
import { start as startFocus } from "./focus.js";
import { start as startKeepWords } from "./keep-words.js";
import { start as startPrint } from "./print.js";
import { start as startRecorder } from "./recorder.js";
import { start as startRoll } from "./roll.js";
import { start as startSignOut } from "./sign-out.js";

for (const begin of [startAutosave, startFocus, startKeepWords, startPrint, startRecorder, startRoll, startSignOut]) begin(document);
