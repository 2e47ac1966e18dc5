import { configureGlobal } from "fast-check";

// The same examples in every run: whoever changes nothing gets no red test. FAST_CHECK_SEED looks at others.
configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20261124) });
