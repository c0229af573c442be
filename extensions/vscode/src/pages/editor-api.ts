/** What VS Code gives to the script of a webview, once. */
export interface EditorApi {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): EditorApi

export const acquireApi = (): EditorApi => acquireVsCodeApi()
