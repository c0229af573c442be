#!/usr/bin/env node
import('../dist/secxops.mjs')
