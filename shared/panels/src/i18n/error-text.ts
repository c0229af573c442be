import type { ErrorBody, NextAction, Problem } from '@secxops/protocol/errors'
import { localFinding } from './finding-text.ts'
import type { Locale } from './translate.ts'

type Told = Pick<Problem, 'code' | 'message' | 'where' | 'next'> & { cause?: string }

/**
 * Chinese sentences of the errors that users meet often, by code. `{name}` is the parameter or port, `{requirement}` the
 * package, `{path}` and `{line}` the place: what the error carries. Codes that stand for many things are not here.
 */
const SENTENCES: Partial<Record<Problem['code'], string>> = {
  unavailable: 'SecXOps 后端没有响应。不会丢失任何内容：运行会继续。',
  'missing-import': '模块缺少 Python 包 {requirement}。请将它加入依赖。',
  'out-of-memory': '内存不足，命令已被终止。请分批读取数据，或关闭其他程序。',
  'timed-out': '命令超过时间限制，已被终止。',
  'missing-output': '命令以 0 结束，但没有写出输出 {name}。请在规定的路径写出它，或改正该路径。',
  'command-failed': '模块的命令失败了。',
  'bad-parameter': '参数 {name} 的值不被接受。',
  'missing-parameter': '缺少参数 {name}。',
  'unknown-parameter': '使用了不存在的参数。',
  'unused-parameter': '有参数没有被使用。',
  'missing-input': '输入 {name} 没有来源。请连接它，或将它设为可选。',
  'unused-input': '有输入没有被使用。',
  'unknown-port': '使用了模块没有的端口。',
  'unknown-node': '没有这个节点。',
  'port-type': '端口类型不匹配。',
  'duplicate-source': '一个端口有两个来源。',
  cycle: '这些连接形成了环。',
  'unknown-module': '找不到模块。请检查名称，或先打包、保存它。',
  'newer-version': '模块有更新的版本。',
  'bad-yaml': '第 {line} 行不是有效的 YAML。',
  'bad-module': '模块文件有误。',
  'bad-workflow': '工作流有误。',
  'bad-start-command': '启动命令有误。',
  'bad-notebook': '无法读取该笔记本。',
  'no-such-file': '找不到 {path}。',
  'path-outside': '路径在允许的文件夹之外。',
  'disk-full': '磁盘空间不足。请释放一些空间，然后再试。',
  'no-network': '无法连接软件包仓库。请检查网络，然后再试。',
  'no-python': '没有找到合适的 Python。',
  'no-environment': '无法准备 Python 环境。',
  'cannot-run-here': '无法在此机器上启动该命令。',
  'unknown-artifact': '库中没有这个名称。',
  'unknown-version': '没有这个版本。',
  'version-exists': '该版本已存在；已保存的版本不会更改。',
}

/**
 * An error in the language of the host. Where there is a Chinese sentence it takes the place of the message, and the
 * backend's own words, which name everything, come first in the cause; what a schema says of a file is said whole. Else the error stays as it is.
 */
export function localError<T extends Told>(error: T, locale: Locale): T {
  if (locale === 'en') return error
  const next = error.next?.map((action) => ({ ...action, label: actionLabel(action) }))
  const finding = localFinding(error.message)
  if (finding !== undefined) return { ...error, message: finding, next }
  const sentence = isOther(error) ? undefined : SENTENCES[error.code]
  const message = sentence === undefined ? undefined : filled(sentence, wordsOf(error))
  if (message === undefined) return { ...error, next }
  const beyond = error.cause !== undefined && !error.message.includes(error.cause)
  return { ...error, message, cause: beyond ? `${error.message}\n${error.cause}` : error.message, next }
}

/** Whether something else than the backend does not answer, e.g. an embedder: its own words say what. */
const isOther = ({ code, message }: Told): boolean =>
  code === 'unavailable' && !/^The (SecXOps )?backend\b/.test(message)

/** The sentence with its words; undefined when the error does not carry one of them. */
function filled(sentence: string, words: Record<string, string | undefined>): string | undefined {
  let whole = true
  const text = sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const word = words[name]
    if (word === undefined) whole = false
    return word ?? ''
  })
  return whole ? text : undefined
}

function wordsOf({ where, next = [] }: Told): Record<string, string | undefined> {
  const add = next.find((action) => action.kind === 'add-requirement')
  const edit = next.find((action) => action.kind === 'edit-parameter')
  return {
    name: edit?.name ?? where?.field?.split('.').at(-1),
    requirement: add?.requirement,
    path: where?.path,
    line: where?.line === undefined ? undefined : String(where.line),
  }
}

function actionLabel(action: NextAction): string {
  switch (action.kind) {
    case 'open': {
      const { path } = action.place
      return path === undefined ? action.label : `打开 ${path.slice(path.lastIndexOf('/') + 1)}`
    }
    case 'show-log':
      return '查看日志'
    case 'add-requirement':
      return action.runId === undefined ? `添加 ${action.requirement}` : `添加 ${action.requirement} 并继续`
    case 'continue':
      return '继续'
    case 'edit-parameter':
      return `修改 ${action.name}`
    case 'package':
      return '打包为模块'
    case 'write-dockerfile':
      return '编写 Dockerfile'
    case 'write-environment':
      return '编写环境'
    case 'run-command':
      return action.label
  }
}

/** The cause as far as it tells more than what is shown beside it: the message, and perhaps the last lines of a log. */
export function ownCause(
  { message, cause }: Pick<ErrorBody, 'message' | 'cause'>,
  lines: readonly string[] = [],
): string | undefined {
  if (cause === undefined) return undefined
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
  return [message, lines.join('\n')].some((shown) => oneLine(shown).includes(oneLine(cause))) ? undefined : cause
}
