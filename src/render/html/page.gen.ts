// Generated from src/render/html/page by `npm run generate`. Do not edit.
export const scriptHash = "sha256-+iUIccgI/sNiRVXUpvJ50kbTtMIsZRqrrlXRSPnw5Ng=";
export const styleHash = "sha256-tEhNZXgpcL0aCJiMRCKUpYSWzGo4Lb1DhzJObmK+Cl8=";
export const pageScript = `
/* Contains jsdiff (c) 2009-2015 Kevin Decker, BSD-3-Clause. */
(function() {

// src/render/html/page/dom.ts
/** Creates an element. Strings become text nodes; nothing is ever parsed as HTML. */
	function h(tag, attributes = {}, ...children) {
		const element = document.createElement(tag);
		dress(element, attributes);
		element.append(...children.filter((child) => child !== null));
		return element;
	}
	/** Creates an SVG element. */
	function s(tag, attributes = {}, ...children) {
		const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
		dress(element, attributes);
		element.append(...children.filter((child) => child !== null));
		return element;
	}
	function dress(element, attributes) {
		for (const [name, value] of Object.entries(attributes)) if (typeof value === "function") element.addEventListener(name, value);
		else if (value === true) element.setAttribute(name, "");
		else if (value !== false && value !== null) element.setAttribute(name, String(value));
	}
	/** Text for screen readers only. */
	function unseen$1(text) {
		return h("span", { class: "unseen" }, text);
	}

// src/render/html/page-data.ts
	const countNames = [
		"delete",
		"update",
		"adopt",
		"create",
		"withheld",
		"unchanged",
		"unmanaged"
	];
	/** Actions ordered by risk; a group refers to its action by the index here. */
	const actionNames = [
		"delete",
		"update",
		"adopt",
		"create"
	];

// src/render/html/page/report.ts
	const kinds = [...actionNames, "withheld"];
	const signs = {
		delete: "−",
		update: "~",
		adopt: "@",
		create: "+",
		withheld: "!"
	};
	function countOf(counts, name) {
		return counts[countNames.indexOf(name)] ?? 0;
	}
	/** Number of changes, including withheld ones. */
	function changesIn(counts) {
		return kinds.reduce((sum, kind) => sum + countOf(counts, kind), 0);
	}
	function kindOf(row) {
		return row[5] >= 0 ? "withheld" : actionNames[row[1]] ?? "update";
	}
	/** @throws when the data is incomplete */
	function groupOf(data, row) {
		const [sync, action, name, identity, reason, withheld, cause, contacts, unchangedFields, fields, stretches] = row;
		const actionName = at(actionNames, action);
		const { code, text } = at(data.reasons, reason);
		const why = [withheld < 0 ? "" : data.withheld[withheld] ?? "", text === "" && code !== "new" ? code : text];
		return {
			kind: kindOf(row),
			action: actionName,
			sync: at(data.syncs, sync),
			name,
			identity,
			why: why.filter((part) => part !== ""),
			cause: cause < 0 ? null : at(data.causes, cause),
			contacts,
			unchangedFields,
			fields: fields.map((field) => {
				const [position, one, other] = field;
				const base = {
					name: at(data.fields, position),
					varies: false
				};
				if (field.length === 3) return {
					...base,
					before: one,
					after: other ?? null
				};
				if (one === null) return {
					...base,
					varies: true,
					before: null,
					after: null
				};
				return actionName === "delete" ? {
					...base,
					before: one,
					after: null
				} : {
					...base,
					before: null,
					after: one
				};
			}),
			mailboxes: booksIn(stretches)
		};
	}
	function booksIn(stretches) {
		let count = 0;
		for (let i = 0; i < stretches.length; i += 2) count += (stretches[i + 1] ?? 0) - (stretches[i] ?? 0) + 1;
		return count;
	}
	/** The first \`most\` books of a row. */
	function booksOf(data, row, most) {
		const books = [];
		const [stretches] = row.slice(-1);
		for (let i = 0; i < stretches.length; i += 2) for (let book = stretches[i] ?? 0; book <= (stretches[i + 1] ?? -1); book++) {
			if (books.length === most) return books;
			books.push(at(data.books, book));
		}
		return books;
	}
	/** @throws when there is no item at the position */
	function at(items, position) {
		const item = items[position];
		if (item === void 0) throw new Error(\`The report is damaged: item \${position} is missing.\`);
		return item;
	}

// src/render/html/page/filters.ts
	const noFilters = {
		text: "",
		kinds: new Set(kinds),
		sync: -1,
		reason: -1,
		cause: -1,
		mailbox: ""
	};
	function createFilterStore() {
		let filters = noFilters;
		const listeners = [];
		return {
			get: () => filters,
			set(change) {
				filters = {
					...filters,
					...change
				};
				for (const listener of listeners) listener();
			},
			onChange: (listener) => void listeners.push(listener)
		};
	}
	/** Finds rows that match filters. The first filtered search parses all rows and builds the text to search. */
	function createSearch(data, rows) {
		const filtered = createFilter(data, rows);
		return (filters) => {
			if (isEverything(filters)) {
				const slice = (from, to) => rows.slice(from, to);
				return {
					length: rows.length,
					slice,
					contacts: data.contacts
				};
			}
			const found = filtered(filters);
			return {
				length: found.length,
				slice: (from, to) => found.slice(from, to),
				contacts: found.reduce((sum, row) => sum + row[7], 0)
			};
		};
	}
	/** Whether the filters match everything. */
	function isEverything({ text, kinds: chosen, mailbox, ...positions }) {
		const { sync, reason, cause } = positions;
		return chosen.size === kinds.length && (text + mailbox).trim() === "" && Math.max(sync, reason, cause) < 0;
	}
	function createFilter(data, rows) {
		let texts = null;
		return ({ text, kinds: chosen, sync, reason, cause, mailbox }) => {
			const words = text.toLowerCase().split(/\\s+/u).filter((word) => word !== "");
			const books = mailbox.trim() === "" ? null : booksMatching(data, mailbox.trim().toLowerCase());
			if (words.length > 0) texts ??= rows.all().map(textOf);
			const all = chosen.size === kinds.length;
			return rows.all().filter((row, index) => {
				if (!all && !chosen.has(kindOf(row))) return false;
				if (sync >= 0 && row[0] !== sync) return false;
				if (reason >= 0 && row[4] !== reason) return false;
				if (cause >= 0 && row[6] !== cause) return false;
				if (books !== null && !meets(row[10], books)) return false;
				const haystack = words.length === 0 ? "" : texts?.[index] ?? "";
				return words.every((word) => haystack.includes(word));
			});
		};
	}
	function textOf(row) {
		const values = row[9].flatMap(([, ...parts]) => parts.flat());
		return [
			row[2],
			row[3],
			...values
		].join("\\n").toLowerCase();
	}
	/** Prefix sums of matching books, so that counting a range takes one subtraction. */
	function booksMatching({ books }, part) {
		const before = new Uint32Array(books.length + 1);
		books.forEach(([mailbox], index) => {
			const matches = mailbox?.toLowerCase().includes(part) === true;
			before[index + 1] = (before[index] ?? 0) + Number(matches);
		});
		return before;
	}
	function meets(stretches, before) {
		for (let i = 0; i < stretches.length; i += 2) {
			const [first = 0, last = 0] = [stretches[i], stretches[i + 1]];
			if ((before[last + 1] ?? 0) > (before[first] ?? 0)) return true;
		}
		return false;
	}

// src/text/harmless-json.ts
/**
	* Characters that affect a terminal, a log or a reader instead of being visible: control characters, format characters
	* (bidi overrides, zero-width, soft hyphen, tags), line separators, halves of surrogate pairs, blank letters.
	*/
	const unseen = /[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\u115F\\u1160\\u2800\\u3164\\uFFA0]/gu;
	/**
	* Commands that CI systems read from output: GitHub and Azure DevOps accept \`##[error]\` and \`##vso[…]\` anywhere in a
	* line. (\`::error::\` must begin a line, which no text from a tenant does.)
	*/
	const commands = /##(?=\\w*\\[)/gu;

// src/render/harmless.ts
/** Zero-width joiners, which Persian, Indic scripts and emoji need between letters. */
	const joiners = /* @__PURE__ */ new Set(["‌", "‍"]);
	/**
	* Escapes text for one line of output: invisible characters are spelled out, e.g. \`\\n\`, \`\\u{1b}\`.
	*
	* All displayed text that does not come from galops itself must pass through here exactly once.
	*/
	function harmless(text) {
		return text.replace(unseen, (character, offset) => joiners.has(character) && joins(text, offset) ? character : spelledOut(character)).replace(commands, String.raw\`#\\u{23}\`);
	}
	function joins(text, offset) {
		return text.charCodeAt(offset - 1) > 127 && text.charCodeAt(offset + 1) > 127;
	}
	function spelledOut(character) {
		if (character === "\\n") return String.raw\`\\n\`;
		if (character === "\\r") return String.raw\`\\r\`;
		if (character === "	") return String.raw\`\\t\`;
		return \`\\\\u{\${(character.codePointAt(0) ?? 0).toString(16)}}\`;
	}

// src/render/html/page/words.ts
	const numbers = new Intl.NumberFormat("en");
	function number(value) {
		return numbers.format(value);
	}
	/** \`1 mailbox\`, \`1,812 mailboxes\`. */
	function counted(count, one, many = \`\${one}s\`) {
		return \`\${number(count)} \${count === 1 ? one : many}\`;
	}
	/** Escapes text of a tenant for display: invisible characters are spelled out. */
	function seen(text) {
		return harmless(text);
	}
	/** Escapes text of several lines. */
	function seenLines(text) {
		return text.split(/\\r?\\n/u).map(harmless).join("\\n");
	}

// src/render/html/page/chart.ts
	const width = 1e3;
	const height = 14;
	/** Keeps one change among thousands visible. */
	const leastWidth = 3;
	const shownAtFirst = 12;
	/** The syncs with a bar of their changes each, all to the same scale. */
	function syncsSection(data, store) {
		const most = Math.max(1, ...data.syncs.map(({ counts }) => changesIn(counts)));
		const list = h("ol", {
			class: "bars",
			id: "sync-bars"
		});
		const more = h("button", {
			type: "button",
			click: () => draw(data.syncs.length)
		});
		function draw(count) {
			list.replaceChildren(...data.syncs.slice(0, count).map((sync, position) => syncRow(sync, most, () => showOnly$2(position, store))));
			more.hidden = count >= data.syncs.length;
			more.textContent = \`Show all \${number(data.syncs.length)} syncs\`;
		}
		draw(shownAtFirst);
		return h("section", {
			id: "syncs",
			"aria-labelledby": "syncs-heading"
		}, h("h2", { id: "syncs-heading" }, "Changes per sync"), list, more);
	}
	function showOnly$2(position, store) {
		store.set({
			...noFilters,
			sync: position
		});
		document.querySelector("#changes")?.scrollIntoView();
	}
	function syncRow({ name, kind, tenant, books, counts }, most, onClick) {
		const mailboxes = kind === "mailbox-contacts" ? \`, \${counted(books, "mailbox", "mailboxes")}\` : "";
		return barRow({
			title: seen(name),
			note: seen(\`\${kind} in \${tenant}\`) + mailboxes,
			counts,
			most,
			onClick: changesIn(counts) === 0 ? null : onClick
		});
	}
	/** A name with its counts, as a bar and as numbers. */
	function barRow({ title, note, counts, most, onClick }) {
		const total = changesIn(counts);
		const parts = kinds.map((of) => ({
			of,
			count: countOf(counts, of)
		})).filter(({ count }) => count > 0);
		const words = parts.map(({ of, count }) => \`\${number(count)} to \${of}\`).join(", ");
		return h("li", {}, h("div", { class: "bar-name" }, onClick === null ? h("b", {}, title) : h("button", {
			type: "button",
			class: "link",
			title: "Show these changes",
			click: onClick
		}, title), note === "" ? null : h("span", { class: "faint" }, note)), bar(parts, total, most, \`\${title}: \${words === "" ? "no changes" : words}\`), h("div", {
			class: "numbers",
			"aria-hidden": "true"
		}, ...parts.length === 0 ? [h("span", { class: "faint" }, "no changes")] : parts.map(({ of, count }) => h("span", { "data-kind": of }, \`\${signs[of]}\${number(count)}\`))));
	}
	function bar(parts, total, most, label) {
		const full = Math.max(total / most * width, total > 0 ? leastWidth * parts.length : 0);
		let x = 0;
		const pieces = parts.map(({ of, count }) => {
			const piece = Math.max(count / total * full, leastWidth);
			const rect = s("rect", {
				x,
				y: 0,
				width: piece,
				height,
				class: "piece",
				"data-kind": of
			});
			x += piece;
			return rect;
		});
		return s("svg", {
			viewBox: \`0 0 \${width} \${height}\`,
			preserveAspectRatio: "none",
			role: "img",
			"aria-label": label,
			class: "bar"
		}, s("rect", {
			x: 0,
			y: 0,
			width,
			height,
			class: "track"
		}), ...pieces);
	}

// src/render/html/page/caused.ts
/** Counts of changes by cause; null when the plan was not compared with a base config. */
	function causedSection({ comparison, causes }, store) {
		if (comparison === null || comparison.rows.length === 0) return null;
		const { rows, hasBase } = comparison;
		const most = Math.max(...rows.map(({ counts }) => changesIn(counts)));
		const row = ({ cause, text, counts }) => {
			const onClick = cause < 0 ? null : () => showOnly$1(cause, store);
			return barRow({
				title: capital(seen(text)),
				note: notes[causes[cause]?.code ?? ""] ?? "",
				counts,
				most,
				onClick
			});
		};
		return h("section", {
			id: "caused",
			"aria-labelledby": "caused-heading"
		}, h("h2", { id: "caused-heading" }, "Compared with the base config"), hasBase ? null : h("p", { class: "faint" }, "The base config could not be used, so everything counts as caused by this change."), h("ol", { class: "bars" }, ...rows.map(row)));
	}
	const notes = {
		"this-change": "the base config would not make this change",
		pending: "due on the base branch too",
		drift: "the contact was edited"
	};
	function showOnly$1(cause, store) {
		store.set({
			...noFilters,
			cause
		});
		document.querySelector("#changes")?.scrollIntoView();
	}
	function capital(text) {
		return text.charAt(0).toUpperCase() + text.slice(1);
	}

// node_modules/diff/libesm/diff/base.js
	var Diff = class {
		diff(oldStr, newStr, options = {}) {
			let callback;
			if (typeof options === "function") {
				callback = options;
				options = {};
			} else if ("callback" in options) callback = options.callback;
			const oldString = this.castInput(oldStr, options);
			const newString = this.castInput(newStr, options);
			const oldTokens = this.removeEmpty(this.tokenize(oldString, options));
			const newTokens = this.removeEmpty(this.tokenize(newString, options));
			return this.diffWithOptionsObj(oldTokens, newTokens, options, callback);
		}
		diffWithOptionsObj(oldTokens, newTokens, options, callback) {
			var _a;
			const done = (value) => {
				value = this.postProcess(value, options);
				if (callback) {
					setTimeout(function() {
						callback(value);
					}, 0);
					return;
				} else return value;
			};
			const newLen = newTokens.length, oldLen = oldTokens.length;
			let editLength = 1;
			let maxEditLength = newLen + oldLen;
			if (options.maxEditLength != null) maxEditLength = Math.min(maxEditLength, options.maxEditLength);
			const maxExecutionTime = (_a = options.timeout) !== null && _a !== void 0 ? _a : Infinity;
			const abortAfterTimestamp = Date.now() + maxExecutionTime;
			const bestPath = [{
				oldPos: -1,
				lastComponent: void 0
			}];
			let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options);
			if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) return done(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
			let minDiagonalToConsider = -Infinity, maxDiagonalToConsider = Infinity;
			const execEditLength = () => {
				for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
					let basePath;
					const removePath = bestPath[diagonalPath - 1], addPath = bestPath[diagonalPath + 1];
					if (removePath) bestPath[diagonalPath - 1] = void 0;
					let canAdd = false;
					if (addPath) {
						const addPathNewPos = addPath.oldPos - diagonalPath;
						canAdd = addPath && 0 <= addPathNewPos && addPathNewPos < newLen;
					}
					const canRemove = removePath && removePath.oldPos + 1 < oldLen;
					if (!canAdd && !canRemove) {
						bestPath[diagonalPath] = void 0;
						continue;
					}
					if (!canRemove || canAdd && removePath.oldPos < addPath.oldPos) basePath = this.addToPath(addPath, true, false, 0, options);
					else basePath = this.addToPath(removePath, false, true, 1, options);
					newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options);
					if (basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen) return done(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || true;
					else {
						bestPath[diagonalPath] = basePath;
						if (basePath.oldPos + 1 >= oldLen) maxDiagonalToConsider = Math.min(maxDiagonalToConsider, diagonalPath - 1);
						if (newPos + 1 >= newLen) minDiagonalToConsider = Math.max(minDiagonalToConsider, diagonalPath + 1);
					}
				}
				editLength++;
			};
			if (callback) (function exec() {
				setTimeout(function() {
					if (editLength > maxEditLength || Date.now() > abortAfterTimestamp) return callback(void 0);
					if (!execEditLength()) exec();
				}, 0);
			})();
			else while (editLength <= maxEditLength && Date.now() <= abortAfterTimestamp) {
				const ret = execEditLength();
				if (ret) return ret;
			}
		}
		addToPath(path, added, removed, oldPosInc, options) {
			const last = path.lastComponent;
			if (last && !options.oneChangePerToken && last.added === added && last.removed === removed) return {
				oldPos: path.oldPos + oldPosInc,
				lastComponent: {
					count: last.count + 1,
					added,
					removed,
					previousComponent: last.previousComponent
				}
			};
			else return {
				oldPos: path.oldPos + oldPosInc,
				lastComponent: {
					count: 1,
					added,
					removed,
					previousComponent: last
				}
			};
		}
		extractCommon(basePath, newTokens, oldTokens, diagonalPath, options) {
			const newLen = newTokens.length, oldLen = oldTokens.length;
			let oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
			while (newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options)) {
				newPos++;
				oldPos++;
				commonCount++;
				if (options.oneChangePerToken) basePath.lastComponent = {
					count: 1,
					previousComponent: basePath.lastComponent,
					added: false,
					removed: false
				};
			}
			if (commonCount && !options.oneChangePerToken) basePath.lastComponent = {
				count: commonCount,
				previousComponent: basePath.lastComponent,
				added: false,
				removed: false
			};
			basePath.oldPos = oldPos;
			return newPos;
		}
		equals(left, right, options) {
			if (options.comparator) return options.comparator(left, right);
			else return left === right || !!options.ignoreCase && left.toLowerCase() === right.toLowerCase();
		}
		removeEmpty(array) {
			const ret = [];
			for (let i = 0; i < array.length; i++) if (array[i]) ret.push(array[i]);
			return ret;
		}
		castInput(value, options) {
			return value;
		}
		tokenize(value, options) {
			return Array.from(value);
		}
		join(chars) {
			return chars.join("");
		}
		postProcess(changeObjects, options) {
			return changeObjects;
		}
		get useLongestToken() {
			return false;
		}
		buildValues(lastComponent, newTokens, oldTokens) {
			const components = [];
			let nextComponent;
			while (lastComponent) {
				components.push(lastComponent);
				nextComponent = lastComponent.previousComponent;
				delete lastComponent.previousComponent;
				lastComponent = nextComponent;
			}
			components.reverse();
			const componentLen = components.length;
			let componentPos = 0, newPos = 0, oldPos = 0;
			for (; componentPos < componentLen; componentPos++) {
				const component = components[componentPos];
				if (!component.removed) {
					if (!component.added && this.useLongestToken) {
						let value = newTokens.slice(newPos, newPos + component.count);
						value = value.map(function(value, i) {
							const oldValue = oldTokens[oldPos + i];
							return oldValue.length > value.length ? oldValue : value;
						});
						component.value = this.join(value);
					} else component.value = this.join(newTokens.slice(newPos, newPos + component.count));
					newPos += component.count;
					if (!component.added) oldPos += component.count;
				} else {
					component.value = this.join(oldTokens.slice(oldPos, oldPos + component.count));
					oldPos += component.count;
				}
			}
			return components;
		}
	};

// node_modules/diff/libesm/diff/character.js
	var CharacterDiff = class extends Diff {};
	const characterDiff = new CharacterDiff();

// node_modules/diff/libesm/util/string.js
	function longestCommonPrefix(str1, str2) {
		let i = 0;
		for (; i < str1.length && i < str2.length; i++) if (str1[i] != str2[i]) return str1.slice(0, i);
		return str1.slice(0, i);
	}
	function longestCommonSuffix(str1, str2) {
		let i;
		if (!str1 || !str2 || str1[str1.length - 1] != str2[str2.length - 1]) return "";
		for (i = 0; i < str1.length && i < str2.length; i++) if (str1[str1.length - (i + 1)] != str2[str2.length - (i + 1)]) return str1.slice(-i);
		return str1.slice(-i);
	}
	function replacePrefix(string, oldPrefix, newPrefix) {
		if (string.slice(0, oldPrefix.length) != oldPrefix) throw Error(\`string \${JSON.stringify(string)} doesn't start with prefix \${JSON.stringify(oldPrefix)}; this is a bug\`);
		return newPrefix + string.slice(oldPrefix.length);
	}
	function replaceSuffix(string, oldSuffix, newSuffix) {
		if (!oldSuffix) return string + newSuffix;
		if (string.slice(-oldSuffix.length) != oldSuffix) throw Error(\`string \${JSON.stringify(string)} doesn't end with suffix \${JSON.stringify(oldSuffix)}; this is a bug\`);
		return string.slice(0, -oldSuffix.length) + newSuffix;
	}
	function removePrefix(string, oldPrefix) {
		return replacePrefix(string, oldPrefix, "");
	}
	function removeSuffix(string, oldSuffix) {
		return replaceSuffix(string, oldSuffix, "");
	}
	function maximumOverlap(string1, string2) {
		return string2.slice(0, overlapCount(string1, string2));
	}
	function overlapCount(a, b) {
		let startA = 0;
		if (a.length > b.length) startA = a.length - b.length;
		let endB = b.length;
		if (a.length < b.length) endB = a.length;
		const map = Array(endB);
		let k = 0;
		map[0] = 0;
		for (let j = 1; j < endB; j++) {
			if (b[j] == b[k]) map[j] = map[k];
			else map[j] = k;
			while (k > 0 && b[j] != b[k]) k = map[k];
			if (b[j] == b[k]) k++;
		}
		k = 0;
		for (let i = startA; i < a.length; i++) {
			while (k > 0 && a[i] != b[k]) k = map[k];
			if (a[i] == b[k]) k++;
		}
		return k;
	}
	/**
	* Split a string into segments using a word segmenter, merging consecutive
	* segments if they are both whitespace segments. Whitespace segments can
	* appear adjacent to one another for two reasons:
	* - newlines always get their own segment
	* - where a diacritic is attached to a whitespace character in the text, the
	*   segment ends after the diacritic, so e.g. " \\u0300 " becomes two segments.
	* This function therefore runs the segmenter's .segment() method and then
	* merges consecutive segments of whitespace into a single part.
	*/
	function segment(string, segmenter) {
		const parts = [];
		for (const segmentObj of Array.from(segmenter.segment(string))) {
			const segment = segmentObj.segment;
			if (parts.length && /\\s/.test(parts[parts.length - 1]) && /\\s/.test(segment)) parts[parts.length - 1] += segment;
			else parts.push(segment);
		}
		return parts;
	}
	function trailingWs(string, segmenter) {
		if (segmenter) return leadingAndTrailingWs(string, segmenter)[1];
		let i;
		for (i = string.length - 1; i >= 0; i--) if (!string[i].match(/\\s/)) break;
		return string.substring(i + 1);
	}
	function leadingWs(string, segmenter) {
		if (segmenter) return leadingAndTrailingWs(string, segmenter)[0];
		const match = string.match(/^\\s*/);
		return match ? match[0] : "";
	}
	function leadingAndTrailingWs(string, segmenter) {
		if (!segmenter) return [leadingWs(string), trailingWs(string)];
		if (segmenter.resolvedOptions().granularity != "word") throw new Error("The segmenter passed must have a granularity of \\"word\\"");
		const segments = segment(string, segmenter);
		const firstSeg = segments[0];
		const lastSeg = segments[segments.length - 1];
		return [/\\s/.test(firstSeg) ? firstSeg : "", /\\s/.test(lastSeg) ? lastSeg : ""];
	}

// node_modules/diff/libesm/diff/word.js
	const extendedWordChars = "a-zA-Z0-9_\\\\u{AD}\\\\u{C0}-\\\\u{D6}\\\\u{D8}-\\\\u{F6}\\\\u{F8}-\\\\u{2C6}\\\\u{2C8}-\\\\u{2D7}\\\\u{2DE}-\\\\u{2FF}\\\\u{1E00}-\\\\u{1EFF}";
	const tokenizeIncludingWhitespace = new RegExp(\`[\${extendedWordChars}]+|\\\\s+|[^\${extendedWordChars}]\`, "ug");
	var WordDiff = class extends Diff {
		equals(left, right, options) {
			if (options.ignoreCase) {
				left = left.toLowerCase();
				right = right.toLowerCase();
			}
			return left.trim() === right.trim();
		}
		tokenize(value, options = {}) {
			let parts;
			if (options.intlSegmenter) {
				const segmenter = options.intlSegmenter;
				if (segmenter.resolvedOptions().granularity != "word") throw new Error("The segmenter passed must have a granularity of \\"word\\"");
				parts = segment(value, segmenter);
			} else parts = value.match(tokenizeIncludingWhitespace) || [];
			const tokens = [];
			let prevPart = null;
			parts.forEach((part) => {
				if (/\\s/.test(part)) {
					if (prevPart == null) tokens.push(part);
					else tokens.push(tokens.pop() + part);
				} else if (prevPart != null && /\\s/.test(prevPart)) {
					if (tokens[tokens.length - 1] == prevPart) tokens.push(tokens.pop() + part);
					else tokens.push(prevPart + part);
				} else tokens.push(part);
				prevPart = part;
			});
			return tokens;
		}
		join(tokens) {
			return tokens.map((token, i) => {
				if (i == 0) return token;
				else return token.replace(/^\\s+/, "");
			}).join("");
		}
		postProcess(changes, options) {
			if (!changes || options.oneChangePerToken) return changes;
			let lastKeep = null;
			let insertion = null;
			let deletion = null;
			changes.forEach((change) => {
				if (change.added) insertion = change;
				else if (change.removed) deletion = change;
				else {
					if (insertion || deletion) dedupeWhitespaceInChangeObjects(lastKeep, deletion, insertion, change, options.intlSegmenter);
					lastKeep = change;
					insertion = null;
					deletion = null;
				}
			});
			if (insertion || deletion) dedupeWhitespaceInChangeObjects(lastKeep, deletion, insertion, null, options.intlSegmenter);
			return changes;
		}
	};
	const wordDiff = new WordDiff();
	function dedupeWhitespaceInChangeObjects(startKeep, deletion, insertion, endKeep, segmenter) {
		if (deletion && insertion) {
			const [oldWsPrefix, oldWsSuffix] = leadingAndTrailingWs(deletion.value, segmenter);
			const [newWsPrefix, newWsSuffix] = leadingAndTrailingWs(insertion.value, segmenter);
			if (startKeep) {
				const commonWsPrefix = longestCommonPrefix(oldWsPrefix, newWsPrefix);
				startKeep.value = replaceSuffix(startKeep.value, newWsPrefix, commonWsPrefix);
				deletion.value = removePrefix(deletion.value, commonWsPrefix);
				insertion.value = removePrefix(insertion.value, commonWsPrefix);
			}
			if (endKeep) {
				const commonWsSuffix = longestCommonSuffix(oldWsSuffix, newWsSuffix);
				endKeep.value = replacePrefix(endKeep.value, newWsSuffix, commonWsSuffix);
				deletion.value = removeSuffix(deletion.value, commonWsSuffix);
				insertion.value = removeSuffix(insertion.value, commonWsSuffix);
			}
		} else if (insertion) {
			if (startKeep) {
				const ws = leadingWs(insertion.value, segmenter);
				insertion.value = insertion.value.substring(ws.length);
			}
			if (endKeep) {
				const ws = leadingWs(endKeep.value, segmenter);
				endKeep.value = endKeep.value.substring(ws.length);
			}
		} else if (startKeep && endKeep) {
			const newWsFull = leadingWs(endKeep.value, segmenter), [delWsStart, delWsEnd] = leadingAndTrailingWs(deletion.value, segmenter);
			const newWsStart = longestCommonPrefix(newWsFull, delWsStart);
			deletion.value = removePrefix(deletion.value, newWsStart);
			const newWsEnd = longestCommonSuffix(removePrefix(newWsFull, newWsStart), delWsEnd);
			deletion.value = removeSuffix(deletion.value, newWsEnd);
			endKeep.value = replacePrefix(endKeep.value, newWsFull, newWsEnd);
			startKeep.value = replaceSuffix(startKeep.value, newWsFull, newWsFull.slice(0, newWsFull.length - newWsEnd.length));
		} else if (endKeep) {
			const endKeepWsPrefix = leadingWs(endKeep.value, segmenter);
			const deletionWsSuffix = trailingWs(deletion.value, segmenter);
			const overlap = maximumOverlap(deletionWsSuffix, endKeepWsPrefix);
			deletion.value = removeSuffix(deletion.value, overlap);
		} else if (startKeep) {
			const startKeepWsSuffix = trailingWs(startKeep.value, segmenter);
			const deletionWsPrefix = leadingWs(deletion.value, segmenter);
			const overlap = maximumOverlap(startKeepWsSuffix, deletionWsPrefix);
			deletion.value = removePrefix(deletion.value, overlap);
		}
	}
	var WordsWithSpaceDiff = class extends Diff {
		tokenize(value) {
			const regex = new RegExp(\`(\\\\r?\\\\n)|[\${extendedWordChars}]+|[^\\\\S\\\\n\\\\r]+|[^\${extendedWordChars}]\`, "ug");
			return value.match(regex) || [];
		}
	};
	const wordsWithSpaceDiff = new WordsWithSpaceDiff();

// node_modules/diff/libesm/diff/line.js
	var LineDiff = class extends Diff {
		constructor() {
			super(...arguments);
			this.tokenize = tokenize;
		}
		equals(left, right, options) {
			if (options.ignoreWhitespace) {
				if (!options.newlineIsToken || !left.includes("\\n")) left = left.trim();
				if (!options.newlineIsToken || !right.includes("\\n")) right = right.trim();
			} else if (options.ignoreNewlineAtEof && !options.newlineIsToken) {
				if (left.endsWith("\\n")) left = left.slice(0, -1);
				if (right.endsWith("\\n")) right = right.slice(0, -1);
			}
			return super.equals(left, right, options);
		}
	};
	const lineDiff = new LineDiff();
	function tokenize(value, options) {
		if (options.stripTrailingCr) value = value.replace(/\\r\\n/g, "\\n");
		const retLines = [], linesAndNewlines = value.split(/(\\n|\\r\\n)/);
		if (!linesAndNewlines[linesAndNewlines.length - 1]) linesAndNewlines.pop();
		for (let i = 0; i < linesAndNewlines.length; i++) {
			const line = linesAndNewlines[i];
			if (i % 2 && !options.newlineIsToken) retLines[retLines.length - 1] += line;
			else retLines.push(line);
		}
		return retLines;
	}

// node_modules/diff/libesm/diff/sentence.js
	function isSentenceEndPunct(char) {
		return char == "." || char == "!" || char == "?";
	}
	var SentenceDiff = class extends Diff {
		tokenize(value) {
			var _a;
			const result = [];
			let tokenStartI = 0;
			for (let i = 0; i < value.length; i++) {
				if (i == value.length - 1) {
					result.push(value.slice(tokenStartI));
					break;
				}
				if (isSentenceEndPunct(value[i]) && value[i + 1].match(/\\s/)) {
					result.push(value.slice(tokenStartI, i + 1));
					i = tokenStartI = i + 1;
					while ((_a = value[i + 1]) === null || _a === void 0 ? void 0 : _a.match(/\\s/)) i++;
					result.push(value.slice(tokenStartI, i + 1));
					tokenStartI = i + 1;
				}
			}
			return result;
		}
	};
	const sentenceDiff = new SentenceDiff();

// node_modules/diff/libesm/diff/css.js
	var CssDiff = class extends Diff {
		tokenize(value) {
			return value.split(/([{}:;,]|\\s+)/);
		}
	};
	const cssDiff = new CssDiff();

// node_modules/diff/libesm/diff/json.js
	var JsonDiff = class extends Diff {
		constructor() {
			super(...arguments);
			this.tokenize = tokenize;
		}
		get useLongestToken() {
			return true;
		}
		castInput(value, options) {
			const { undefinedReplacement, stringifyReplacer = (k, v) => typeof v === "undefined" ? undefinedReplacement : v } = options;
			return typeof value === "string" ? value : JSON.stringify(canonicalize(value, null, null, stringifyReplacer), null, "  ");
		}
		equals(left, right, options) {
			return super.equals(left.replace(/,([\\r\\n])/g, "$1"), right.replace(/,([\\r\\n])/g, "$1"), options);
		}
	};
	const jsonDiff = new JsonDiff();
	function canonicalize(obj, stack, replacementStack, replacer, key) {
		stack = stack || [];
		replacementStack = replacementStack || [];
		if (replacer) obj = replacer(key === void 0 ? "" : key, obj);
		let i = 0;
		for (; i < stack.length; i += 1) if (stack[i] === obj) return replacementStack[i];
		let canonicalizedObj;
		if ("[object Array]" === Object.prototype.toString.call(obj)) {
			stack.push(obj);
			canonicalizedObj = new Array(obj.length);
			replacementStack.push(canonicalizedObj);
			for (i = 0; i < obj.length; i += 1) canonicalizedObj[i] = canonicalize(obj[i], stack, replacementStack, replacer, String(i));
			stack.pop();
			replacementStack.pop();
			return canonicalizedObj;
		}
		if (obj && obj.toJSON) obj = obj.toJSON();
		if (typeof obj === "object" && obj !== null) {
			stack.push(obj);
			canonicalizedObj = {};
			replacementStack.push(canonicalizedObj);
			const sortedKeys = [];
			let key;
			for (key in obj)
 /* istanbul ignore else */
			if (Object.prototype.hasOwnProperty.call(obj, key)) sortedKeys.push(key);
			sortedKeys.sort();
			for (i = 0; i < sortedKeys.length; i += 1) {
				key = sortedKeys[i];
				canonicalizedObj[key] = canonicalize(obj[key], stack, replacementStack, replacer, key);
			}
			stack.pop();
			replacementStack.pop();
		} else canonicalizedObj = obj;
		return canonicalizedObj;
	}

// node_modules/diff/libesm/diff/array.js
	var ArrayDiff = class extends Diff {
		tokenize(value) {
			return value.slice();
		}
		join(value) {
			return value;
		}
		removeEmpty(value) {
			return value;
		}
	};
	const arrayDiff = new ArrayDiff();
	function diffArrays(oldArr, newArr, options) {
		return arrayDiff.diff(oldArr, newArr, options);
	}

// src/model/contact-fields.ts
/**
	* All fields of a contact, in the order in which they are shown.
	*
	* Mapping, diff, rendering and converters all read this table; a field that is not in it does not exist.
	*/
	const contactFields = {
		displayName: {
			kind: "text",
			code: "dn"
		},
		alias: {
			kind: "text",
			code: "al",
			only: "mail-contacts"
		},
		title: {
			kind: "text",
			code: "ti",
			only: "mailbox-contacts"
		},
		givenName: {
			kind: "text",
			code: "gn"
		},
		middleName: {
			kind: "text",
			code: "mn",
			only: "mailbox-contacts"
		},
		surname: {
			kind: "text",
			code: "sn"
		},
		generation: {
			kind: "text",
			code: "ge",
			only: "mailbox-contacts"
		},
		initials: {
			kind: "text",
			code: "in"
		},
		nickName: {
			kind: "text",
			code: "nn",
			only: "mailbox-contacts"
		},
		fileAs: {
			kind: "text",
			code: "fa",
			only: "mailbox-contacts"
		},
		yomiGivenName: {
			kind: "text",
			code: "yg",
			only: "mailbox-contacts"
		},
		yomiSurname: {
			kind: "text",
			code: "ys",
			only: "mailbox-contacts"
		},
		yomiCompanyName: {
			kind: "text",
			code: "yc",
			only: "mailbox-contacts"
		},
		emailAddresses: {
			kind: "list",
			code: "em"
		},
		imAddresses: {
			kind: "list",
			code: "im",
			only: "mailbox-contacts"
		},
		businessPhones: {
			kind: "list",
			code: "bp"
		},
		mobilePhone: {
			kind: "text",
			code: "mp"
		},
		homePhones: {
			kind: "list",
			code: "hp"
		},
		pager: {
			kind: "text",
			code: "pa",
			only: "mail-contacts"
		},
		fax: {
			kind: "text",
			code: "fx",
			only: "mail-contacts"
		},
		jobTitle: {
			kind: "text",
			code: "jt"
		},
		profession: {
			kind: "text",
			code: "pr",
			only: "mailbox-contacts"
		},
		department: {
			kind: "text",
			code: "de"
		},
		companyName: {
			kind: "text",
			code: "co"
		},
		officeLocation: {
			kind: "text",
			code: "ol",
			only: "mailbox-contacts"
		},
		office: {
			kind: "text",
			code: "of",
			only: "mail-contacts"
		},
		manager: {
			kind: "text",
			code: "ma"
		},
		assistantName: {
			kind: "text",
			code: "as"
		},
		businessStreet: {
			kind: "text",
			code: "b1"
		},
		businessCity: {
			kind: "text",
			code: "b2"
		},
		businessState: {
			kind: "text",
			code: "b3"
		},
		businessPostalCode: {
			kind: "text",
			code: "b4"
		},
		businessCountry: {
			kind: "text",
			code: "b5"
		},
		businessHomePage: {
			kind: "text",
			code: "bh",
			only: "mailbox-contacts"
		},
		webPage: {
			kind: "text",
			code: "wp",
			only: "mail-contacts"
		},
		homeStreet: {
			kind: "text",
			code: "h1",
			only: "mailbox-contacts"
		},
		homeCity: {
			kind: "text",
			code: "h2",
			only: "mailbox-contacts"
		},
		homeState: {
			kind: "text",
			code: "h3",
			only: "mailbox-contacts"
		},
		homePostalCode: {
			kind: "text",
			code: "h4",
			only: "mailbox-contacts"
		},
		homeCountry: {
			kind: "text",
			code: "h5",
			only: "mailbox-contacts"
		},
		otherStreet: {
			kind: "text",
			code: "o1",
			only: "mailbox-contacts"
		},
		otherCity: {
			kind: "text",
			code: "o2",
			only: "mailbox-contacts"
		},
		otherState: {
			kind: "text",
			code: "o3",
			only: "mailbox-contacts"
		},
		otherPostalCode: {
			kind: "text",
			code: "o4",
			only: "mailbox-contacts"
		},
		otherCountry: {
			kind: "text",
			code: "o5",
			only: "mailbox-contacts"
		},
		spouseName: {
			kind: "text",
			code: "sp",
			only: "mailbox-contacts"
		},
		children: {
			kind: "list",
			code: "ch",
			only: "mailbox-contacts"
		},
		birthday: {
			kind: "date",
			code: "bd",
			only: "mailbox-contacts"
		},
		personalNotes: {
			kind: "text",
			code: "no",
			only: "mailbox-contacts"
		},
		notes: {
			kind: "text",
			code: "nt",
			only: "mail-contacts"
		},
		mailTip: {
			kind: "text",
			code: "mt",
			only: "mail-contacts"
		},
		hidden: {
			kind: "flag",
			code: "hi",
			only: "mail-contacts"
		},
		customAttribute1: {
			kind: "text",
			code: "x1",
			only: "mail-contacts"
		},
		customAttribute2: {
			kind: "text",
			code: "x2",
			only: "mail-contacts"
		},
		customAttribute3: {
			kind: "text",
			code: "x3",
			only: "mail-contacts"
		},
		customAttribute4: {
			kind: "text",
			code: "x4",
			only: "mail-contacts"
		},
		customAttribute5: {
			kind: "text",
			code: "x5",
			only: "mail-contacts"
		},
		customAttribute6: {
			kind: "text",
			code: "x6",
			only: "mail-contacts"
		},
		customAttribute7: {
			kind: "text",
			code: "x7",
			only: "mail-contacts"
		},
		customAttribute8: {
			kind: "text",
			code: "x8",
			only: "mail-contacts"
		},
		customAttribute9: {
			kind: "text",
			code: "x9",
			only: "mail-contacts"
		},
		customAttribute10: {
			kind: "text",
			code: "xa",
			only: "mail-contacts"
		},
		customAttribute11: {
			kind: "text",
			code: "xb",
			only: "mail-contacts"
		},
		customAttribute12: {
			kind: "text",
			code: "xc",
			only: "mail-contacts"
		},
		customAttribute13: {
			kind: "text",
			code: "xd",
			only: "mail-contacts"
		},
		customAttribute14: {
			kind: "text",
			code: "xe",
			only: "mail-contacts"
		},
		customAttribute15: {
			kind: "text",
			code: "xf",
			only: "mail-contacts"
		},
		categories: {
			kind: "list",
			code: "ca",
			only: "mailbox-contacts"
		},
		photo: {
			kind: "text",
			code: "ph",
			only: "mailbox-contacts"
		}
	};
	/** Names of all fields, in table order. */
	const contactFieldNames = Object.keys(contactFields);

// src/model/values.ts
/** Whether a value is empty: "", [] or false. */
	function isEmpty(value) {
		return value === false || value !== true && value.length === 0;
	}

// src/render/redaction/redaction.ts
/** Stands in for a value that is hidden. */
	const masked = "(masked)";

// src/render/word-diff.ts
/** With more differing words than this, showing both texts is clearer than a diff. */
	const maxEdits = 60;
	/** Splits two texts into removed, added and unchanged parts; null when they have too little in common. */
	function wordParts(before, after) {
		const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: maxEdits });
		if (changes === void 0) return null;
		const parts = changes.map(({ value, added, removed }) => ({
			value: value.join(""),
			added,
			removed
		}));
		if (parts.filter((part) => !part.added && !part.removed).reduce((sum, part) => sum + part.value.length, 0) * 3 < before.length) return null;
		return parts;
	}
	/** Splits text into words of any script, runs of white space, and single other characters. */
	function wordsOf(text) {
		return text.match(/[\\p{L}\\p{N}\\p{M}_]+|\\s+|[^]/gu) ?? [];
	}

// src/render/html/page/field-table.ts
/** The fields of a change before and after; a single column of values for creates and deletes. */
	function fieldTable({ action, fields, unchangedFields }) {
		const hasBoth = action === "update" || action === "adopt";
		const heads = hasBoth ? [
			"Field",
			"Before",
			"After"
		] : ["Field", action === "delete" ? "Lost value" : "Value"];
		const rest = unchangedFields === 0 ? [] : [h("p", { class: "faint" }, \`\${counted(unchangedFields, "unchanged field")} not shown.\`)];
		return h("div", { class: "fields" }, h("table", {}, h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, ...fields.map((field) => fieldRow(field, hasBoth)))), ...rest);
	}
	function fieldRow(field, hasBoth) {
		const name = h("th", { scope: "row" }, field.name);
		if (field.varies) {
			const cell = h("td", {
				colspan: hasBoth ? 2 : 1,
				class: "faint"
			}, "differs between mailboxes");
			return h("tr", {}, name, cell);
		}
		const { before, after } = field;
		if (!hasBoth) return h("tr", {}, name, h("td", {}, ...wholeValue(field, before ?? after)));
		const [left, right] = bothValues(field);
		return h("tr", {}, name, h("td", { "data-head": "Before" }, ...left), h("td", { "data-head": "After" }, ...right));
	}
	function bothValues(field) {
		const { name, before, after } = field;
		if (typeof before === "boolean" || typeof after === "boolean" || isMasked(before) || isMasked(after)) return [wholeValue(field, before), wholeValue(field, after)];
		if (name === "photo") {
			const isOther = before !== null && before !== "" && after !== null && after !== "";
			return [wholeValue(field, before), isOther ? [faint("new photo")] : wholeValue(field, after)];
		}
		if (Array.isArray(before) || Array.isArray(after)) return listValues(asList(before), asList(after));
		return textValues(String(before ?? ""), String(after ?? ""));
	}
	function wholeValue({ name }, value) {
		if (typeof value === "boolean") return [textNode(value ? "yes" : "no")];
		if (value === null || isEmpty(value)) return [faint("empty")];
		if (isMasked(value)) return [faint("masked")];
		if (name === "photo") return [faint("photo")];
		return typeof value === "string" ? [textNode(value)] : value.map((item) => line(textNode(item)));
	}
	function textValues(before, after) {
		const parts = before === "" || after === "" ? null : wordParts(before, after);
		const note = before.normalize("NFKC") === after.normalize("NFKC") ? [looksAlike()] : [];
		if (parts === null) return [[before === "" ? faint("empty") : changed("del", before)], [after === "" ? faint("empty") : changed("ins", after), ...note]];
		const left = parts.filter(({ added }) => !added);
		const right = parts.filter(({ removed }) => !removed);
		return [left.map(({ value, removed }) => removed ? changed("del", value) : textNode(value)), [...right.map(({ value, added }) => added ? changed("ins", value) : textNode(value)), ...note]];
	}
	function listValues(before, after) {
		const parts = diffArrays([...before], [...after]);
		const side = (isLeft) => {
			const items = parts.filter(({ added, removed }) => isLeft ? !added : !removed).flatMap(({ value, added, removed }) => value.map((item) => line(added ? changed("ins", item) : removed ? changed("del", item) : textNode(item))));
			return items.length === 0 ? [faint("empty")] : items;
		};
		return [side(true), side(false)];
	}
	function asList(value) {
		if (typeof value === "string") return value === "" ? [] : [value];
		return value === null || typeof value === "boolean" ? [] : value;
	}
	function isMasked(value) {
		return value === "(masked)" || Array.isArray(value) && value[0] === "(masked)";
	}
	function changed(tag, text) {
		return h(tag, {}, unseen$1(tag === "del" ? "removed: " : "added: "), textNode(text));
	}
	function textNode(text) {
		return document.createTextNode(text.includes("\\n") ? seenLines(text) : seen(text));
	}
	function line(content) {
		return h("div", {}, content);
	}
	function faint(text) {
		return h("span", { class: "faint" }, text);
	}
	function looksAlike() {
		return h("span", { class: "faint" }, " (looks the same, but its characters differ)");
	}

// src/render/html/page/change-entry.ts
	const fieldsNamed = 5;
	const mailboxesNamed = 24;
	/** One change as a line; its details are drawn when it is opened. */
	function changeEntry(data, row, isOpen) {
		const group = groupOf(data, row);
		const entry = h("details", {
			class: "change",
			"data-kind": group.kind,
			"data-only-sync": data.syncs.length === 1
		});
		const fill = () => {
			if (entry.open && entry.children.length === 1) entry.append(body(data, row, group));
		};
		entry.append(summary(data, row, group));
		entry.addEventListener("toggle", fill);
		entry.open = isOpen;
		fill();
		return entry;
	}
	function summary(data, row, group) {
		const { kind, action, name, identity, why, cause, sync } = group;
		const verb = kind === "withheld" ? \`\${action}, withheld: \` : \`\${action}: \`;
		return h("summary", {}, h("span", {
			class: "sign",
			"aria-hidden": "true"
		}, signs[kind === "withheld" ? action : kind]), h("span", { class: "who" }, unseen$1(verb), h("bdi", { class: "name" }, seen(name)), identity === "" ? null : h("bdi", { class: "identity" }, seen(identity)), h("span", { class: "named-fields" }, namedFields(group))), h("span", { class: "why" }, h("span", {}, why.map((part) => seen(part).replace(/\\.$/u, "")).join("; ")), cause === null ? null : h("span", {
			class: "cause",
			"data-cause": cause.code
		}, seen(cause.text))), h("span", { class: "where" }, whereText(data, row, group)), data.syncs.length === 1 ? null : h("span", {
			class: "tag",
			title: seen(sync.name)
		}, seen(sync.name)));
	}
	function namedFields({ action, fields }) {
		if (action !== "update" && action !== "adopt") return "";
		const names = fields.slice(0, fieldsNamed).map(({ name }) => name);
		const more = fields.length - names.length;
		return [...names, ...more > 0 ? [\`\${more} more\`] : []].join(", ");
	}
	function whereText(data, row, { mailboxes, contacts }) {
		const [first] = booksOf(data, row, 1);
		const mailbox = first?.[0] ?? null;
		if (mailbox === null) return "";
		const times = contacts > mailboxes ? \` (\${counted(contacts, "contact")})\` : "";
		return \`\${mailboxes === 1 ? seen(mailbox) : \`\${number(mailboxes)} mailboxes\`}\${times}\`;
	}
	function body(data, row, group) {
		const list = h("p", { class: "mailboxes" });
		const draw = (most) => {
			const books = booksOf(data, row, most);
			const names = books.flatMap(([mailbox, folder]) => mailbox === null ? [] : [h("span", {
				class: "mailbox",
				title: seen(folder ?? "Contacts")
			}, seen(mailbox))]);
			const more = group.mailboxes - books.length;
			const button = more > 0 ? h("button", {
				type: "button",
				class: "link",
				click: () => draw(Infinity)
			}, \`and \${number(more)} more\`) : null;
			list.replaceChildren(...names, ...button === null ? [] : [button]);
		};
		draw(mailboxesNamed);
		return h("div", { class: "body" }, group.fields.length === 0 ? null : fieldTable(group), list);
	}

// src/render/html/page/filter-bar.ts
/** Maximum number of addresses suggested while typing. */
	const mailboxesOffered = 1e3;
	const typingMs = 120;
	/** The filters of the list of changes. Also shows filters that were set elsewhere on the page. */
	function filterBar(data, store) {
		const search = h("input", {
			type: "search",
			id: "search",
			placeholder: "Name, address, or any value",
			autocomplete: "off",
			spellcheck: "false"
		});
		const mailbox = h("input", {
			type: "search",
			id: "mailbox",
			list: "mailbox-names",
			placeholder: "All mailboxes",
			autocomplete: "off",
			spellcheck: "false"
		});
		const sync = select("sync", "All syncs", data.syncs.map(({ name }) => seen(name)));
		const reason = select("reason", "All reasons", data.reasons.map(({ code }) => seen(code)));
		const cause = select("cause", "All causes", data.causes.map(({ text }) => seen(text)));
		const boxes = kindsIn(data).map((kind) => ({
			kind,
			box: h("input", {
				type: "checkbox",
				id: \`kind-\${kind}\`,
				change: () => chooseKinds()
			})
		}));
		const clear = h("button", {
			type: "button",
			click: () => store.set(noFilters)
		}, "Clear filters");
		function chooseKinds() {
			const missing = kinds.filter((kind) => !boxes.some((one) => one.kind === kind));
			store.set({ kinds: /* @__PURE__ */ new Set([...boxes.filter(({ box }) => box.checked).map(({ kind }) => kind), ...missing]) });
		}
		function show() {
			const filters = store.get();
			if (search.value !== filters.text) search.value = filters.text;
			if (mailbox.value !== filters.mailbox) mailbox.value = filters.mailbox;
			sync.value = String(filters.sync);
			reason.value = String(filters.reason);
			cause.value = String(filters.cause);
			for (const { kind, box } of boxes) box.checked = filters.kinds.has(kind);
			clear.hidden = isEverything(filters);
		}
		search.addEventListener("input", unhurried(() => store.set({ text: search.value })));
		mailbox.addEventListener("input", unhurried(() => store.set({ mailbox: mailbox.value })));
		sync.addEventListener("change", () => store.set({ sync: Number(sync.value) }));
		reason.addEventListener("change", () => store.set({ reason: Number(reason.value) }));
		cause.addEventListener("change", () => store.set({ cause: Number(cause.value) }));
		store.onChange(show);
		show();
		return h("form", {
			class: "filters",
			role: "search",
			"aria-label": "Filter the changes",
			submit: (event) => event.preventDefault()
		}, labelled("Search", search), data.books.some(([address]) => address !== null) ? labelled("Mailbox", mailbox) : null, data.syncs.length > 1 ? labelled("Sync", sync) : null, data.reasons.length > 1 ? labelled("Reason", reason) : null, data.causes.length > 1 ? labelled("Cause", cause) : null, h("fieldset", {}, h("legend", {}, "Action"), ...boxes.map(({ kind, box }) => h("label", {
			class: "pill",
			"data-kind": kind
		}, box, \`\${signs[kind]} \${kind} \`, h("b", {}, number(countOf(data.counts, kind)))))), clear, h("datalist", { id: "mailbox-names" }, ...mailboxNames(data).map((name) => h("option", { value: name }))));
	}
	function kindsIn({ counts }) {
		return kinds.filter((kind) => countOf(counts, kind) > 0);
	}
	function mailboxNames({ books }) {
		const names = /* @__PURE__ */ new Set();
		for (const [mailbox] of books) {
			if (names.size === mailboxesOffered) break;
			if (mailbox !== null) names.add(mailbox);
		}
		return [...names];
	}
	function select(id, all, names) {
		return h("select", { id }, h("option", { value: -1 }, all), ...names.map((name, position) => h("option", { value: position }, name)));
	}
	function labelled(name, input) {
		return h("label", {
			class: "field",
			for: input.id
		}, h("span", {}, name), input);
	}
	/** Debounces an action until typing pauses. */
	function unhurried(action) {
		let timer = 0;
		return () => {
			clearTimeout(timer);
			timer = setTimeout(action, typingMs);
		};
	}

// src/render/html/page/pager.ts
/** Pages through a list. @param onTurn - called when the user chooses another page */
	function createPager(label, size, onTurn) {
		let page = 0;
		let items = 0;
		const pages = () => Math.max(1, Math.ceil(items / size));
		const turn = (to) => {
			page = to;
			onTurn();
		};
		const button = (text, name, to) => h("button", {
			type: "button",
			"aria-label": name,
			click: () => turn(to())
		}, text);
		const first = button("«", "First page", () => 0);
		const back = button("‹", "Previous page", () => page - 1);
		const next = button("›", "Next page", () => page + 1);
		const last = button("»", "Last page", () => pages() - 1);
		const where = h("span", { class: "page" });
		const element = h("nav", {
			class: "pager",
			"aria-label": label
		}, first, back, where, next, last);
		return {
			element,
			update(count) {
				items = count;
				page = Math.min(page, pages() - 1);
				first.disabled = back.disabled = page === 0;
				next.disabled = last.disabled = page === pages() - 1;
				where.textContent = \`Page \${number(page + 1)} of \${number(pages())}\`;
				element.hidden = pages() === 1;
			},
			range: () => [page * size, Math.min(items, (page + 1) * size)],
			first: () => void (page = 0)
		};
	}

// src/render/html/page/changes.ts
	const pageSize$2 = 50;
	/** Up to this many changes are shown open. */
	const openUpTo = 8;
	/** Maximum number of changes in print. */
	const printed = 2e3;
	/** All changes that match the filters, one page at a time. */
	function changesSection(data, rows, store) {
		const search = createSearch(data, rows);
		let found = search(store.get());
		let areOpen = data.groups <= openUpTo;
		const list = h("div", { class: "list" });
		const status = h("p", {
			class: "status",
			role: "status"
		});
		const heading = h("h2", {
			id: "changes-heading",
			tabindex: "-1"
		}, "Changes");
		const pager = createPager("Pages of changes", pageSize$2, () => {
			draw();
			heading.scrollIntoView({ block: "start" });
			heading.focus({ preventScroll: true });
		});
		const openAll = h("button", {
			type: "button",
			click: () => openOrClose(!areOpen)
		});
		function draw() {
			pager.update(found.length);
			const [from, to] = pager.range();
			list.replaceChildren(...found.slice(from, to).map((row) => changeEntry(data, row, areOpen)));
			openAll.textContent = areOpen ? "Close all" : "Open all";
			openAll.hidden = found.length === 0;
		}
		function openOrClose(open) {
			areOpen = open;
			draw();
		}
		function filter() {
			found = search(store.get());
			pager.first();
			draw();
			status.textContent = statusText(data, found);
		}
		store.onChange(filter);
		filter();
		printsWhole(() => list.replaceChildren(...found.slice(0, printed).map((row) => changeEntry(data, row, true))), draw);
		return h("section", {
			id: "changes",
			"aria-labelledby": "changes-heading"
		}, heading, filterBar(data, store), h("div", { class: "above-list" }, status, openAll), list, data.unlisted === 0 ? null : h("p", { class: "faint" }, unlistedText(data.unlisted)), pager.element);
	}
	function statusText({ groups }, { length, contacts }) {
		if (groups === 0) return "There are no changes.";
		if (length === 0) return \`None of \${counted(groups, "change")} matches the filters.\`;
		const of = length === groups ? "" : \` of \${number(groups)}\`;
		return \`\${number(length)}\${of} \${groups === 1 ? "change" : "different changes"}, made to \${counted(contacts, "contact")}\`;
	}
	function unlistedText(count) {
		return \`\${counted(count, "more change")} are counted above but not listed here; --format json has all of them.\`;
	}
	/** Draws all changes for printing, and the current page again afterwards. */
	function printsWhole(before, after) {
		addEventListener("beforeprint", before);
		addEventListener("afterprint", after);
	}

// src/render/html/page/mailboxes.ts
	const pageSize$1 = 25;
	const heads = {
		delete: "Delete",
		update: "Update",
		adopt: "Adopt",
		create: "Create",
		withheld: "Withheld",
		unchanged: "Unchanged",
		unmanaged: "Unmanaged"
	};
	/** Table of all mailboxes with their counts; null when no sync has mailboxes. */
	function mailboxesSection(data, store) {
		const books = data.syncs.flatMap(({ name, firstBook, books: count }) => data.books.slice(firstBook, firstBook + count).filter(([mailbox]) => mailbox !== null).map((row) => ({
			row,
			sync: name
		})));
		if (books.length === 0) return null;
		const columns = countNames.filter((name) => name === "unchanged" || countOf(data.counts, name) > 0);
		let sorted = {
			by: "mailbox",
			isDown: false
		};
		let text = "";
		const body = h("tbody");
		const status = h("p", {
			class: "status",
			role: "status"
		});
		const pager = createPager("Pages of mailboxes", pageSize$1, () => draw());
		const buttons = ["mailbox", ...columns].map((by) => {
			const name = by === "mailbox" ? "Mailbox" : heads[by];
			const button = h("button", {
				type: "button",
				click: () => sortBy(by)
			}, name);
			return {
				by,
				head: h("th", {
					scope: "col",
					class: by === "mailbox" ? null : "number"
				}, button)
			};
		});
		function sortBy(by) {
			sorted = {
				by,
				isDown: sorted.by === by ? !sorted.isDown : by !== "mailbox"
			};
			pager.first();
			draw();
		}
		function draw() {
			const found = books.filter(({ row: [mailbox, folder], sync }) => \`\${mailbox} \${folder} \${sync}\`.toLowerCase().includes(text)).toSorted((one, other) => order(one, other, sorted.by) * (sorted.isDown ? -1 : 1));
			pager.update(found.length);
			body.replaceChildren(...found.slice(...pager.range()).map((book) => bookRow(data, book, columns, store)));
			status.textContent = found.length === books.length ? counted(books.length, "mailbox", "mailboxes") : \`\${number(found.length)} of \${counted(books.length, "mailbox", "mailboxes")}\`;
			for (const { by, head } of buttons) head.setAttribute("aria-sort", by !== sorted.by ? "none" : sorted.isDown ? "descending" : "ascending");
		}
		const search = h("input", {
			type: "search",
			id: "mailbox-search",
			placeholder: "Mailbox, folder or sync",
			input: () => {
				text = search.value.trim().toLowerCase();
				pager.first();
				draw();
			}
		});
		draw();
		return h("section", {
			id: "mailboxes",
			"aria-labelledby": "mailboxes-heading"
		}, h("h2", { id: "mailboxes-heading" }, "Mailboxes"), h("div", { class: "filters" }, h("label", {
			class: "field",
			for: "mailbox-search"
		}, h("span", {}, "Search"), search)), h("div", { class: "above-list" }, status), h("div", {
			class: "wide",
			tabindex: "0",
			role: "region",
			"aria-label": "Table of mailboxes"
		}, h("table", { class: "grid" }, h("thead", {}, h("tr", {}, ...buttons.map(({ head }) => head))), body)), pager.element);
	}
	function order({ row: one }, { row: other }, by) {
		const [oneName, otherName] = [one[0] ?? "", other[0] ?? ""];
		const byName = oneName < otherName ? -1 : Number(oneName > otherName);
		return by === "mailbox" ? byName : countOf(one[2], by) - countOf(other[2], by) || -byName;
	}
	function bookRow(data, { row, sync }, columns, store) {
		const [mailbox, folder, counts, position] = row;
		const problem = data.problems[position] ?? null;
		const only = () => {
			store.set({
				...noFilters,
				mailbox: mailbox ?? ""
			});
			document.querySelector("#changes")?.scrollIntoView();
		};
		const name = seen(mailbox ?? "");
		const link = changesIn(counts) === 0 ? h("bdi", {}, name) : h("button", {
			type: "button",
			class: "link",
			title: "Show its changes",
			click: only
		}, name);
		const where = [folder ?? "Contacts", ...data.syncs.length > 1 ? [sync] : []].map(seen).join(" · ");
		return h("tr", {}, h("th", { scope: "row" }, link, h("span", { class: "faint" }, where), problem === null ? null : h("span", { class: \`problem \${problem.severity}\` }, seen(\`\${problem.code}: \${problem.message}\`))), ...columns.map((column) => {
			const count = column === "mailbox" ? 0 : countOf(counts, column);
			return h("td", {
				class: "number",
				"data-kind": column,
				"data-none": count === 0
			}, number(count));
		}));
	}

// src/render/html/page/notices.ts
	const pageSize = 20;
	const labels = {
		refused: "Refused",
		failed: "Failed",
		error: "Error",
		warning: "Warning",
		note: "Note"
	};
	/** Refusals, failures, errors, warnings and notes; null when there are none. */
	function noticesSection({ notices }) {
		if (notices.length === 0) return null;
		const list = h("div", { class: "list" });
		const pager = createPager("Pages of notices", pageSize, () => draw());
		function draw() {
			pager.update(notices.length);
			list.replaceChildren(...notices.slice(...pager.range()).map(noticeEntry));
		}
		draw();
		return h("section", {
			id: "notices",
			"aria-labelledby": "notices-heading"
		}, h("h2", { id: "notices-heading" }, "Notices"), list, pager.element);
	}
	function noticeEntry({ kind, title, text, place, excerpt }) {
		return h("article", {
			class: "notice",
			"data-kind": kind
		}, h("h3", {}, h("span", { class: "label" }, labels[kind]), \` \${seen(title)}\`), text === "" ? null : h("p", { class: "text" }, seenLines(text)), place === "" ? null : h("p", { class: "faint" }, seen(place)), excerpt === "" ? null : h("pre", { tabindex: 0 }, seenLines(excerpt)));
	}

// src/render/html/page/rows.ts
	function rowsIn(elements, length) {
		const read = /* @__PURE__ */ new Map();
		const chunk = (position) => {
			const known = read.get(position);
			if (known !== void 0) return known;
			const rows = JSON.parse(elements[position]?.textContent ?? "[]");
			read.set(position, rows);
			return rows;
		};
		const slice = (from, to) => {
			const first = Math.floor(from / 500);
			const chunks = [];
			for (let position = first; position * 500 < Math.min(to, length); position++) chunks.push(chunk(position));
			return chunks.flat().slice(from - first * 500, to - first * 500);
		};
		let whole = null;
		return {
			length,
			slice,
			all: () => whole ??= slice(0, length)
		};
	}

// src/render/html/page/summary.ts
/** The plan as a headline and as counts. */
	function summarySection(data, store) {
		const { counts, headline, tone } = data;
		const shown = kinds.filter((kind) => countOf(counts, kind) > 0 || kind === "delete" || kind === "update" || kind === "create");
		return h("section", {
			id: "summary",
			"aria-labelledby": "summary-heading"
		}, h("h1", {
			id: "summary-heading",
			"data-tone": tone
		}, headline.replaceAll(/\\d+/gu, (digits) => number(Number(digits)))), h("p", { class: "meta" }, ...metaOf(data)), data.allowed.length === 0 ? null : h("p", { class: "allowed" }, h("b", {}, "Allowed: "), ...allowedOf(data.allowed)), h("ul", { class: "tiles" }, ...shown.map((kind) => h("li", {}, tile(kind, countOf(counts, kind), () => showOnly(kind, store)))), ...["unchanged", "unmanaged"].filter((name) => countOf(counts, name) > 0).map((name) => h("li", {}, restTile(name, countOf(counts, name))))));
	}
	/** The \`--allow\` options of the plan, which its approval covers too. */
	function allowedOf(allowed) {
		return allowed.flatMap((one, index) => [index === 0 ? "" : ", ", h("code", {}, seen(one))]);
	}
	function showOnly(kind, store) {
		store.set({
			...noFilters,
			kinds: /* @__PURE__ */ new Set([kind])
		});
		document.querySelector("#changes")?.scrollIntoView();
	}
	function tile(kind, count, onClick) {
		const label = kind === "withheld" ? "withheld" : \`to \${kind}\`;
		return h("button", {
			type: "button",
			class: "tile",
			"data-kind": kind,
			disabled: count === 0,
			click: onClick,
			title: \`Show only changes \${label}\`
		}, h("span", {
			class: "sign",
			"aria-hidden": "true"
		}, signs[kind]), h("b", {}, number(count)), h("span", {}, label));
	}
	function restTile(name, count) {
		return h("div", {
			class: "tile",
			"data-kind": name
		}, h("span", {
			class: "sign",
			"aria-hidden": "true"
		}, name === "unchanged" ? "=" : "·"), h("b", {}, number(count)), h("span", {}, name === "unchanged" ? "up to date" : "unmanaged, left alone"));
	}
	const redactions = {
		none: "",
		partial: "names as initials, values masked",
		full: "people as pseudonyms, values masked"
	};
	function metaOf({ createdAt, id, configDigest, redaction, forecast }) {
		const time = new Date(createdAt);
		const made = Number.isNaN(time.getTime()) ? createdAt : time.toLocaleString("en-GB", {
			dateStyle: "long",
			timeStyle: "short",
			timeZone: "UTC"
		});
		const items = [
			h("span", {}, "Planned ", h("time", { datetime: createdAt }, \`\${made} UTC\`)),
			h("span", {}, "Plan ", h("code", { title: id }, short(id))),
			h("span", {}, "Config ", h("code", { title: configDigest }, short(configDigest)))
		];
		const note = redactions[redaction];
		return [
			...items,
			...forecast === "" ? [] : [h("span", {}, \`Takes \${forecast}\`)],
			...note === "" ? [] : [h("span", { class: "tag" }, note)]
		];
	}
	function short(digest) {
		return digest.replace(/^sha256:/u, "").slice(0, 12);
	}

// src/render/html/page/theme.ts
	const themes = [
		"auto",
		"light",
		"dark"
	];
	/** Lets the reader choose the theme; follows the system until then. */
	function themeChoice() {
		const choice = h("select", {
			id: "theme",
			"aria-label": "Colors",
			change: () => choose(choice.value)
		}, ...themes.map((theme) => h("option", { value: theme }, theme === "auto" ? "System colors" : theme === "light" ? "Light" : "Dark")));
		const kept = recalled();
		choice.value = kept;
		apply(kept);
		return choice;
	}
	function choose(theme) {
		apply(theme);
		try {
			localStorage.setItem("galops-theme", theme);
		} catch {}
	}
	function apply(theme) {
		document.documentElement.dataset["theme"] = theme;
	}
	function recalled() {
		try {
			const kept = localStorage.getItem("galops-theme");
			return themes.find((theme) => theme === kept) ?? "auto";
		} catch {
			return "auto";
		}
	}

// src/render/html/page/main.ts
	const text = document.querySelector("#data")?.textContent ?? "";
	const data = JSON.parse(text);
	const rows = rowsIn(document.querySelectorAll("script.rows"), data.groups);
	const store = createFilterStore();
	const notices = noticesSection(data);
	const isUrgent = data.notices.some(({ kind }) => kind === "refused" || kind === "failed" || kind === "error");
	const mailboxes = mailboxesSection(data, store);
	const links = [
		[
			"changes",
			"Changes",
			data.groups
		],
		...mailboxes === null ? [] : [[
			"mailboxes",
			"Mailboxes",
			data.books.length
		]],
		...notices === null ? [] : [[
			"notices",
			"Notices",
			data.notices.length
		]]
	];
	document.querySelector("#page")?.replaceWith(h("a", {
		class: "skip",
		href: "#changes"
	}, "Go to the changes"), h("header", {}, h("a", {
		class: "brand",
		href: "#summary"
	}, h("span", {
		class: "mark",
		"aria-hidden": "true"
	}), "galops"), h("nav", { "aria-label": "Sections" }, ...links.map(([id, name, count]) => h("a", { href: \`#\${id}\` }, name, h("span", { class: "count" }, number(count))))), themeChoice()), h("main", {}, summarySection(data, store), isUrgent ? notices : null, causedSection(data, store), syncsSection(data, store), changesSection(data, rows, store), mailboxes, isUrgent ? null : notices), h("footer", {}, "Made by galops. This page is one file: it loads nothing and sends nothing."));
	document.documentElement.dataset["ready"] = "true";

})();`;
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0e1116);
  --card: light-dark(#ffffff, #161b22);
  --raised: light-dark(#f2f4f7, #1d232c);
  --line: light-dark(#dfe3e9, #2a313b);
  --text: light-dark(#1b2230, #e4e8ee);
  --faint: light-dark(#5b6577, #97a1b1);
  --accent: light-dark(#2f56d0, #8aabff);
  --delete: light-dark(#b3261e, #ff8d84);
  --delete-fill: light-dark(#d64a40, #e5695f);
  --delete-soft: light-dark(#fdecea, #3a1a1a);
  --update: light-dark(#8a5a00, #e9b44c);
  --update-fill: light-dark(#dfa224, #d7a13a);
  --update-soft: light-dark(#fdf3dc, #33270f);
  --adopt: light-dark(#0b6a80, #5cc8e0);
  --adopt-fill: light-dark(#2a9bb5, #3fa9c2);
  --adopt-soft: light-dark(#e0f4f8, #10303a);
  --create: light-dark(#1a6e37, #63c786);
  --create-fill: light-dark(#3c9a5c, #46a868);
  --create-soft: light-dark(#e4f5e9, #12301d);
  --withheld: light-dark(#6a4aa5, #bda0f2);
  --withheld-fill: light-dark(#8d6fcb, #9a7fd8);
  --withheld-soft: light-dark(#f0eafa, #281f3c);
  --radius: 10px;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
:root[data-theme="light"] {
  color-scheme: light;
}
:root[data-theme="dark"] {
  color-scheme: dark;
}

*,
*::before,
*::after {
  box-sizing: border-box;
}
html {
  scroll-padding-top: 4.25rem;
}
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font:
    15px/1.5 system-ui,
    -apple-system,
    "Segoe UI",
    Roboto,
    "Helvetica Neue",
    Arial,
    sans-serif;
}
h1,
h2,
h3,
p,
ol,
ul,
table,
fieldset {
  margin: 0;
  padding: 0;
  border: 0;
}
ol,
ul {
  list-style: none;
}
[hidden] {
  display: none !important;
}
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.skip {
  position: absolute;
  top: -4rem;
  left: 1rem;
  z-index: 3;
  padding: 0.5rem 1rem;
  border-radius: var(--radius);
  background: var(--card);
}
.skip:focus {
  top: 0.5rem;
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
  border-radius: 4px;
}
h2:focus {
  outline: none;
}
noscript {
  display: block;
  padding: 2rem;
}

/* Each kind of change has one colour wherever it is met. */
[data-kind="delete"] {
  --kind: var(--delete);
  --fill: var(--delete-fill);
  --soft: var(--delete-soft);
}
[data-kind="update"] {
  --kind: var(--update);
  --fill: var(--update-fill);
  --soft: var(--update-soft);
}
[data-kind="adopt"] {
  --kind: var(--adopt);
  --fill: var(--adopt-fill);
  --soft: var(--adopt-soft);
}
[data-kind="create"] {
  --kind: var(--create);
  --fill: var(--create-fill);
  --soft: var(--create-soft);
}
[data-kind="withheld"] {
  --kind: var(--withheld);
  --fill: var(--withheld-fill);
  --soft: var(--withheld-soft);
}
[data-kind="unchanged"],
[data-kind="unmanaged"] {
  --kind: var(--faint);
  --soft: var(--raised);
}
[data-kind="refused"],
[data-kind="failed"],
[data-kind="error"] {
  --kind: var(--delete);
  --soft: var(--delete-soft);
}
[data-kind="warning"] {
  --kind: var(--update);
  --soft: var(--update-soft);
}
[data-kind="note"] {
  --kind: var(--accent);
  --soft: var(--raised);
}

header {
  position: sticky;
  top: 0;
  z-index: 2;
  display: flex;
  align-items: center;
  gap: 1.5rem;
  padding: 0.6rem max(1.25rem, calc(50vw - 590px));
  border-bottom: 1px solid var(--line);
  background: color-mix(in srgb, var(--card) 88%, transparent);
  backdrop-filter: blur(8px);
}
.brand {
  display: flex;
  align-items: center;
  gap: 0.55rem;
  color: var(--text);
  font-weight: 700;
  letter-spacing: -0.01em;
  text-decoration: none;
}
.mark {
  width: 22px;
  height: 22px;
  border-radius: 6px;
  background:
    linear-gradient(#fff, #fff) 5px 6px / 12px 2px no-repeat,
    linear-gradient(#fff, #fff) 5px 10px / 12px 2px no-repeat,
    linear-gradient(#fff, #fff) 5px 14px / 7px 2px no-repeat,
    #365bd8;
}
header nav {
  display: flex;
  flex: 1;
  gap: 0.25rem;
}
header nav a {
  padding: 0.3rem 0.65rem;
  border-radius: 7px;
  color: var(--faint);
  font-weight: 500;
  text-decoration: none;
}
header nav a:hover {
  background: var(--raised);
  color: var(--text);
}
.count {
  margin-left: 0.4rem;
  padding: 0.05rem 0.42rem;
  border-radius: 99px;
  background: var(--raised);
  color: var(--faint);
  font-size: 0.78rem;
  font-variant-numeric: tabular-nums;
}

main {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 1.75rem;
  max-width: 1180px;
  margin: 0 auto;
  padding: 2rem 1.25rem 3rem;
  /* So that the header stays above what is wide. */
  isolation: isolate;
}
footer {
  max-width: 1180px;
  margin: 0 auto;
  padding: 0 1.25rem 3rem;
  color: var(--faint);
  font-size: 0.85rem;
}
h1 {
  font-size: clamp(1.5rem, 3.2vw, 2.1rem);
  font-weight: 700;
  letter-spacing: -0.022em;
  line-height: 1.2;
  text-wrap: balance;
}
h1[data-tone="refused"],
h1[data-tone="failed"] {
  color: var(--delete);
}
h1[data-tone="nothing"],
h1[data-tone="done"] {
  color: var(--create);
}
h2 {
  margin-bottom: 0.75rem;
  font-size: 1.1rem;
  font-weight: 650;
  letter-spacing: -0.01em;
}
.faint {
  color: var(--faint);
}
p.faint {
  font-size: 0.85rem;
}
.meta {
  display: flex;
  flex-wrap: wrap;
  gap: 0.3rem 1.25rem;
  margin-top: 0.5rem;
  color: var(--faint);
  font-size: 0.9rem;
}
.allowed {
  margin-top: 0.6rem;
  padding: 0.45rem 0.8rem;
  border-radius: 8px;
  background: var(--update-soft);
  color: var(--update);
  font-size: 0.9rem;
  overflow-wrap: anywhere;
}
code,
pre {
  font-family: var(--mono);
  font-size: 0.88em;
}
.tag {
  padding: 0.1rem 0.55rem;
  border-radius: 99px;
  background: var(--raised);
  color: var(--faint);
  font-size: 0.8rem;
  white-space: nowrap;
}

button,
select,
input {
  font: inherit;
  color: inherit;
}
button,
select,
input[type="search"] {
  min-height: 2.2rem;
  padding: 0.3rem 0.7rem;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--card);
}
button {
  cursor: pointer;
  white-space: nowrap;
}
button:hover:not(:disabled) {
  border-color: var(--faint);
}
button:disabled {
  cursor: default;
  opacity: 0.45;
}
button.link {
  min-height: 0;
  padding: 0;
  border: 0;
  background: none;
  color: var(--accent);
  font-weight: 550;
  text-align: left;
  white-space: normal;
  overflow-wrap: anywhere;
}
button.link:hover {
  text-decoration: underline;
}
header select {
  min-height: 2rem;
  font-size: 0.85rem;
}

.tiles {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
  gap: 0.75rem;
  margin-top: 1.4rem;
}
.tile {
  display: grid;
  grid-template-columns: auto 1fr;
  column-gap: 0.7rem;
  align-items: center;
  width: 100%;
  height: 100%;
  padding: 0.85rem 1rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--card);
  text-align: left;
}
.tile .sign {
  grid-row: span 2;
}
.tile b {
  font-size: 1.5rem;
  font-weight: 680;
  font-variant-numeric: tabular-nums;
  letter-spacing: -0.02em;
  line-height: 1.15;
}
.tile span:last-child {
  color: var(--faint);
  font-size: 0.85rem;
}
button.tile:disabled {
  opacity: 0.6;
}
.sign {
  display: inline-grid;
  place-items: center;
  width: 1.9rem;
  height: 1.9rem;
  border-radius: 8px;
  background: var(--soft);
  color: var(--kind);
  font: 700 1.05rem/1 var(--mono);
}

.bars,
.list,
.wide {
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--card);
  overflow: clip;
}
.list:empty {
  display: none;
}
.bars li {
  display: grid;
  grid-template-columns: minmax(0, 19rem) minmax(0, 1fr) 14rem;
  align-items: center;
  gap: 1.25rem;
  padding: 0.75rem 1rem;
}
.bars li + li,
.list > * + * {
  border-top: 1px solid var(--line);
}
.bars + button {
  margin-top: 0.75rem;
}
.bar-name > * {
  display: block;
  overflow-wrap: anywhere;
}
.bar-name .faint {
  font-size: 0.83rem;
}
.bar {
  display: block;
  width: 100%;
  height: 14px;
  border-radius: 5px;
  overflow: hidden;
}
.track {
  fill: var(--raised);
}
.piece {
  fill: var(--fill);
  stroke: var(--card);
  stroke-width: 1.5;
  vector-effect: non-scaling-stroke;
}
.numbers {
  display: flex;
  flex-wrap: wrap;
  justify-content: flex-end;
  gap: 0 0.8rem;
  font: 600 0.85rem var(--mono);
  font-variant-numeric: tabular-nums;
}
.numbers [data-kind] {
  color: var(--kind);
}
.numbers .faint {
  font: inherit;
  font-weight: 400;
}

.filters {
  display: flex;
  flex-wrap: wrap;
  align-items: flex-end;
  gap: 0.75rem;
  margin-bottom: 0.75rem;
}
.field {
  display: grid;
  gap: 0.2rem;
  font-size: 0.83rem;
  color: var(--faint);
}
.field input,
.field select {
  min-width: 8.5rem;
  max-width: 12rem;
  color: var(--text);
  font-size: 0.95rem;
}
.field:first-child {
  flex: 1 1 12rem;
}
.field:first-child input {
  width: 100%;
  max-width: none;
}
.filters input::placeholder {
  color: var(--faint);
  opacity: 0.8;
}
fieldset {
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem;
}
legend {
  margin-bottom: 0.2rem;
  padding: 0;
  color: var(--faint);
  font-size: 0.83rem;
}
.pill {
  display: inline-flex;
  align-items: center;
  gap: 0.45rem;
  min-height: 2.2rem;
  padding: 0 0.75rem;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--card);
  color: var(--faint);
  font-size: 0.9rem;
  cursor: pointer;
}
.pill:has(:checked) {
  border-color: color-mix(in srgb, var(--kind) 45%, transparent);
  background: var(--soft);
  color: var(--kind);
}
.pill:has(:focus-visible) {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
.pill input {
  position: absolute;
  opacity: 0;
}
.above-list {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 1rem;
  min-height: 2.2rem;
  margin-bottom: 0.6rem;
}
.status {
  color: var(--faint);
  font-size: 0.9rem;
}

.change summary {
  display: grid;
  grid-template-columns: auto minmax(0, 1.35fr) minmax(0, 1fr) 12rem 8.5rem;
  align-items: center;
  gap: 0.3rem 1rem;
  padding: 0.6rem 1rem 0.6rem 0.75rem;
  list-style: none;
  cursor: pointer;
}
.change[data-only-sync] summary {
  grid-template-columns: auto minmax(0, 1.35fr) minmax(0, 1fr) 12rem;
}
.change .tag {
  justify-self: end;
  max-width: 100%;
  overflow: hidden;
  text-overflow: ellipsis;
}
.change summary::-webkit-details-marker {
  display: none;
}
.change summary:hover,
.change[open] summary {
  background: color-mix(in srgb, var(--raised) 60%, transparent);
}
.change summary:focus-visible {
  outline-offset: -2px;
}
.who > bdi {
  display: inline-block;
  max-width: 100%;
}
.who > * {
  margin-right: 0.55rem;
  overflow-wrap: anywhere;
}
.name {
  font-weight: 620;
}
.change[data-kind="withheld"] .name {
  font-weight: 500;
}
.identity {
  color: var(--faint);
}
.cause {
  display: inline-block;
  padding: 0 0.5rem;
  border: 1px solid var(--line);
  border-radius: 99px;
  font-size: 0.78rem;
  white-space: nowrap;
}
.cause[data-cause="this-change"] {
  border-color: color-mix(in srgb, var(--accent) 45%, transparent);
  color: var(--accent);
}
.cause[data-cause="drift"] {
  border-style: dashed;
  border-color: var(--faint);
}
.why > span:empty {
  display: none;
}
.why > * {
  margin-right: 0.45rem;
}
.named-fields {
  display: block;
  color: var(--faint);
  font: 0.8rem var(--mono);
}
.named-fields:empty {
  display: none;
}
.why,
.where {
  color: var(--faint);
  font-size: 0.87rem;
  overflow-wrap: anywhere;
}
.body {
  padding: 0.25rem 1rem 1rem 3.65rem;
}
.fields table {
  width: 100%;
  border-collapse: collapse;
  table-layout: fixed;
  font-size: 0.9rem;
}
.fields th,
.fields td {
  padding: 0.4rem 0.9rem 0.4rem 0;
  border-bottom: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}
.fields tbody tr:last-child > * {
  border-bottom: 0;
}
.fields thead th {
  color: var(--faint);
  font-size: 0.78rem;
  font-weight: 500;
}
.fields th:first-child {
  width: 12.5rem;
}
.fields tbody th {
  color: var(--faint);
  font: 0.83rem var(--mono);
  line-height: 1.65;
}
.fields > .faint {
  margin-top: 0.3rem;
}
del,
ins {
  padding: 0.05em 0.2em;
  border-radius: 4px;
  text-decoration: none;
  box-decoration-break: clone;
  -webkit-box-decoration-break: clone;
}
del {
  background: var(--delete-soft);
  color: var(--delete);
  text-decoration: line-through;
  text-decoration-thickness: 1px;
}
ins {
  background: var(--create-soft);
  color: var(--create);
}
.mailboxes {
  display: flex;
  flex-wrap: wrap;
  gap: 0.35rem;
  margin-top: 0.8rem;
}
.mailboxes:empty {
  display: none;
}
.mailbox {
  padding: 0.1rem 0.55rem;
  border-radius: 6px;
  background: var(--raised);
  color: var(--faint);
  font-size: 0.83rem;
  overflow-wrap: anywhere;
}

.wide {
  overflow-x: auto;
}
.grid {
  width: 100%;
  border-collapse: collapse;
}
.grid th,
.grid td {
  padding: 0.5rem 1rem;
  border-bottom: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
  font-weight: 400;
}
.grid tbody tr:last-child > * {
  border-bottom: 0;
}
.grid thead th {
  padding: 0.25rem 0.5rem;
  background: var(--raised);
}
.grid thead button {
  min-height: 1.9rem;
  padding: 0 0.5rem;
  border: 0;
  background: none;
  color: var(--faint);
  font-size: 0.83rem;
  font-weight: 550;
  white-space: nowrap;
}
.grid thead [aria-sort="ascending"] button::after {
  content: " ▲";
  font-size: 0.7em;
}
.grid thead [aria-sort="descending"] button::after {
  content: " ▼";
  font-size: 0.7em;
}
.grid th:first-child {
  min-width: 13rem;
}
.grid tbody th > * {
  display: block;
}
.grid .faint {
  font-size: 0.83rem;
}
.grid .number {
  text-align: right;
  font-variant-numeric: tabular-nums;
}
.grid td.number {
  color: var(--kind);
  font-weight: 600;
}
.grid td[data-none] {
  color: var(--faint);
  font-weight: 400;
  opacity: 0.6;
}
.problem {
  margin-top: 0.15rem;
  font-size: 0.85rem;
}
.problem.error {
  color: var(--delete);
}
.problem.warning {
  color: var(--update);
}
.pager {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 0.4rem;
  margin-top: 0.9rem;
}
.pager .page {
  padding: 0 0.6rem;
  color: var(--faint);
  font-size: 0.9rem;
  font-variant-numeric: tabular-nums;
}

.notice {
  padding: 0.85rem 1rem 0.9rem;
  box-shadow: inset 3px 0 var(--kind);
}
.notice h3 {
  font-size: 0.98rem;
  font-weight: 620;
  overflow-wrap: anywhere;
}
.notice .label {
  display: inline-block;
  margin-right: 0.3rem;
  padding: 0.05rem 0.5rem;
  border-radius: 5px;
  background: var(--soft);
  color: var(--kind);
  font-size: 0.8rem;
}
.notice .text {
  max-width: 75ch;
  margin-top: 0.3rem;
  white-space: pre-line;
  overflow-wrap: anywhere;
}
.notice p.faint {
  margin-top: 0.3rem;
}
.notice pre {
  margin: 0.6rem 0 0;
  padding: 0.6rem 0.8rem;
  border-radius: 8px;
  background: var(--raised);
  max-height: 24rem;
  overflow: auto;
}

@media (max-width: 760px) {
  header {
    flex-wrap: wrap;
    gap: 0.4rem 0.75rem;
  }
  header nav {
    order: 3;
    flex-basis: 100%;
    overflow-x: auto;
  }
  header select {
    margin-left: auto;
  }
  html {
    scroll-padding-top: 6.5rem;
  }
  main {
    padding-top: 1.25rem;
  }
  .tiles {
    grid-template-columns: repeat(2, 1fr);
  }
  .bars li {
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }
  .numbers {
    justify-content: flex-start;
  }
  .field,
  .field input,
  .field select {
    flex: 1 1 100%;
    width: 100%;
    max-width: none;
  }
  .change summary,
  .change[data-only-sync] summary {
    grid-template-columns: auto minmax(0, 1fr);
  }
  .change summary > :not(.sign, .who) {
    grid-column: 2;
    justify-self: start;
  }
  .body {
    padding-left: 1rem;
  }
  .fields thead {
    display: none;
  }
  .fields tr,
  .fields th,
  .fields td {
    display: block;
  }
  .fields th:first-child {
    width: auto;
  }
  .fields tbody th {
    padding-bottom: 0;
    border: 0;
  }
  .fields td[data-head]::before {
    content: attr(data-head) ": ";
    color: var(--faint);
    font-size: 0.8rem;
  }
  .fields td[data-head="Before"] {
    padding-bottom: 0;
    border: 0;
  }
}

@media (prefers-reduced-motion: no-preference) {
  html {
    scroll-behavior: smooth;
  }
}

@media (forced-colors: active) {
  .piece {
    fill: CanvasText;
  }
  .sign,
  .pill:has(:checked) {
    border: 1px solid;
  }
}

@media print {
  :root,
  :root[data-theme] {
    color-scheme: light;
    font-size: 11.5px;
  }
  body {
    background: #fff;
    font-size: 0.94rem;
  }
  header,
  footer,
  .skip,
  .filters,
  .pager,
  .above-list button,
  .bars + button,
  .mailboxes button {
    display: none;
  }
  main {
    max-width: none;
    padding: 0;
    gap: 1.1rem;
  }
  .bars,
  .list,
  .wide {
    overflow: visible;
    border-color: #bbb;
  }
  .change,
  .notice,
  .bars li,
  .grid tr {
    break-inside: avoid;
  }
  h2 {
    break-after: avoid;
  }
  .sign,
  .piece,
  .track,
  .mark,
  del,
  ins {
    print-color-adjust: exact;
    -webkit-print-color-adjust: exact;
  }
  .change summary {
    padding: 0.35rem 0.5rem;
  }
  .body {
    padding: 0 0.5rem 0.5rem 2.9rem;
  }
  .fields th,
  .fields td {
    padding: 0.15rem 0.5rem 0.15rem 0;
  }
  .tile {
    padding: 0.4rem 0.6rem;
  }
}
`;
