// The way into every script here. It must parse on a Node far older than the one Baton asks for,
// so that an old one gets a sentence and not a syntax error: no newer syntax in this file or its callers.

/** Runs a script's real body where this Node can, and turns every failure into a sentence and exit code 1. */
export function enter(load) {
  var major = Number(process.versions.node.split('.')[0])
  if (!(major >= 20)) {
    console.error('Baton needs Node 20 or newer to start, and this is ' + process.versions.node + '. Install a current Node from nodejs.org and run the command again.')
    process.exit(1)
  }
  process.on('unhandledRejection', explain)
  process.on('uncaughtException', explain)
  load().then(
    function (body) {
      return body.main(process.argv.slice(2))
    },
  ).catch(explain)
}

function explain(error) {
  if (error && error.isSentence) console.error(error.message)
  else {
    console.error('This did not work, and Baton does not know why: ' + ((error && error.message) || error))
    if (error && error.stack) console.error(error.stack)
  }
  process.exit(1)
}
