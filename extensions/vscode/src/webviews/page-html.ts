import { randomBytes } from 'node:crypto'
import { Uri, type Webview } from 'vscode'

export type PageName =
  | 'run'
  | 'artifact'
  | 'module'
  | 'package'
  | 'base'
  | 'review'
  | 'experiment'
  | 'search-space'
  | 'experiment-editor'
  | 'label'
  | 'canvas'

/** Where the scripts and styles of the pages lie; nothing else may be loaded by a page. */
export const pageRoot = (extension: Uri): Uri => Uri.joinPath(extension, 'dist', 'pages')

/** Document of a page. Its policy allows the one script with the nonce and what that imports, and styles of the extension. */
export function pageHtml(webview: Webview, extension: Uri, page: PageName): string {
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(pageRoot(extension), name)).toString()
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>SecXOps</title>
<link rel="stylesheet" href="${file(`${page}.css`)}">
</head>
<body>
<main id="panel"></main>
<script type="module" nonce="${nonce}" src="${file(`${page}.js`)}"></script>
</body>
</html>`
}
