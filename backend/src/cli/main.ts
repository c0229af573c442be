#!/usr/bin/env node
import { createProgram } from './program.ts'
import { runCli } from './run-cli.ts'

await runCli(createProgram(), process.argv)
