// Run once, on an empty folder: the services' user may read and write our database, and nothing else.
const fs = require('fs');
const password = fs.readFileSync('/run/secrets/mongo', 'utf8').trim();
db.getSiblingDB('groupticketing').createUser({
  user: 'groupticketing',
  pwd: password,
  roles: [{ role: 'readWrite', db: 'groupticketing' }],
});
