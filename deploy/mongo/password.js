// Gives the services' user the password that is in its secret's file now: after a rotation, see docs/operate.md.
const fs = require('fs');
const admin = connect('mongodb://127.0.0.1:27017/admin?directConnection=true');
admin.auth('root', fs.readFileSync('/run/secrets/mongo-root', 'utf8').trim());
admin.getSiblingDB('groupticketing').changeUserPassword('groupticketing', fs.readFileSync('/run/secrets/mongo', 'utf8').trim());
