/** The prose that a module says: its strings, and its templates with a word where something is put in. */
import ts from 'typescript';

/** Where something is put into a text, a short word stands for it. */
const PUT_IN = 'it';

/** Every string of a module, of a name or a value for people as of any other; imports and types are left out. */
export function proseOf(source: string): readonly string[] {
	const found: string[] = [];
	const walk = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
		if (ts.isStringLiteralLike(node)) found.push(node.text);
		if (ts.isTemplateExpression(node))
			found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(PUT_IN));
		ts.forEachChild(node, walk);
	};
	ts.forEachChild(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, false), walk);
	return found;
}
