// What every page loads: htmx and small behaviours. Pages work without it.
import htmx from "htmx.org";
import { startCopying } from "./behaviours/copying.js";
import { startKeys } from "./behaviours/keys.js";
import { startMenu } from "./behaviours/menu.js";
import { startRequests } from "./behaviours/requests.js";
import { startReview } from "./behaviours/review.js";
import { startSignOut } from "./behaviours/signout.js";

// The content security policy forbids eval and inline styles; htmx must not try either.
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
htmx.config.selfRequestsOnly = true;

startRequests(document);
startKeys(document);
startMenu(document);
startCopying(document);
startReview(document);
startSignOut(document);
