#!/usr/bin/env node
// Stands in for NNI's tuners where a test is about what surrounds them: the same protocol over the same socket, proposals that count on.
import { Socket } from 'node:net'

const socket = new Socket({ fd: 3, readable: true, writable: true })
/** @param {object} message */
const tell = (message) => socket.write(`${JSON.stringify(message)}\n`)

let next = 0
let rest = ''
/** @param {{ type?: string, content?: unknown }} command */
function obey({ type, content }) {
  if (type === 'IN') tell({ type: 'ID', content: '' })
  // What is known of earlier processes shows in what is proposed: no x comes twice.
  else if (type === 'FD' && Array.isArray(content))
    for (const { parameter } of content) next = Math.max(next, parameter.x)
  else if (type === 'GE')
    for (let i = 0; i < Number(content); i++)
      tell({ type: 'TR', content: { parameter_id: next, parameter_source: 'algorithm', parameters: { x: ++next } } })
}

socket.setEncoding('utf8')
socket.on('data', (text) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) obey(JSON.parse(line))
})
socket.on('end', () => process.exit())
