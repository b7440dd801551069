// The health check: makes the replica set of one at the first start; then answers whether the member takes writes.
const fs = require('fs');
const admin = connect('mongodb://127.0.0.1:27017/admin?directConnection=true&serverSelectionTimeoutMS=3000');
admin.auth('root', fs.readFileSync('/run/secrets/mongo-root', 'utf8').trim());
if (!admin.hello().setName) {
  admin.runCommand({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] } });
}
quit(admin.hello().isWritablePrimary ? 0 : 1);
