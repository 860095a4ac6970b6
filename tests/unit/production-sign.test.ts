import { expect, test } from '@jest/globals';
import { productionSign } from '../../scripts/lib/production.ts';

test.each([
  ['postgresql://me:x@db.example.com/crewline', 'its host db.example.com is not this machine'],
  ['postgresql://me:x@10.0.0.4:5432/crewline', 'its host 10.0.0.4 is not this machine'],
  ['postgresql://me:x@localhost/crewline?host=10.0.0.4', 'its host 10.0.0.4 is not this machine'],
  ['postgresql://me:x@localhost/crewline_prod', 'its name "crewline_prod" speaks of production'],
  ['postgresql://me:x@localhost/Production', 'its name "Production" speaks of production'],
  ['postgresql://prod:x@127.0.0.1/crewline', 'its user "prod" speaks of production'],
])('%s may be production', (url, sign) => {
  expect(productionSign(url)).toBe(sign);
});

test.each([
  'postgresql://me:x@localhost:5432/crewline',
  'postgresql://me:x@127.0.0.1/products',
  'postgresql://me:x@[::1]/crewline_dev',
  'postgresql://me@localhost/crewline?host=/var/run/postgresql',
])('%s may be reset', (url) => {
  expect(productionSign(url)).toBeUndefined();
});
