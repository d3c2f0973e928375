import { enter } from './enter.mjs'

enter(function () {
  return import('./start/intakeApi.mjs')
})
