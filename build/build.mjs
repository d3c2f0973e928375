import { enter } from './enter.mjs'

enter(function () {
  return import('./start/buildOnly.mjs')
})
