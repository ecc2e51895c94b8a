// Plays a fair by the client that openapi-generator generates: `node play.ts URL EMAIL PASSWORD`.
import assert from "node:assert/strict";
import {
  CompaniesApi, Configuration, FairApi, Phase, SigningInApi, StandApi, StudentApi, StudentsApi,
} from "./fair_client/index.ts";

const [url, email, password] = process.argv.slice(2);
const FIRST = "handed out at the door", OWN = "chosen by oneself";
const nobody = new Configuration({ basePath: url });

async function signedIn(email: string, password: string) {
  const tokens = await new SigningInApi(nobody).authSignIn({ credentialsAndCode: { email, password } });
  return new Configuration({ basePath: url, accessToken: tokens.access });
}

async function admitted(organiser: Configuration, name: string) {
  const email = `${name}.typescript@example.org`;
  await new StudentsApi(organiser).studentsAdmit({
    studentAdmission: { email, password: FIRST, firstName: name, lastName: "Typescript" },
  });
  const student = await signedIn(email, FIRST);
  await new SigningInApi(student).authChangePassword({
    passwordChange: { currentPassword: FIRST, newPassword: OWN },
  });
  return student;
}

const organiser = await signedIn(email, password);
await new FairApi(organiser).fairChangePhase({ newPhase: { phase: Phase.Open } });
const stand = await new CompaniesApi(organiser).companiesCreate({
  companyCreation: { name: "Typescript Works" },
});
const token = stand.accessToken!;
const students: Configuration[] = [], places: number[] = [];
for (const name of ["alice", "bob", "chloe"]) {
  const student = await admitted(organiser, name);
  const place = await new StudentApi(student).queuesJoin({ joining: { company: stand.id } });
  students.push(student);
  places.push(place.id);
}
for (const [at, student] of students.entries()) {
  const entryId = places[at];
  const called = await new StandApi(nobody).queuesCalled({ token });
  assert.deepEqual(called.nextStudents.map(each => each.queueId), [entryId]);
  await new StudentApi(student).queuesStart({ entryId });
  await new StandApi(nobody).queuesComplete({ token, entryId });
  await new StudentApi(student).studentsChangeMyStatus({ ownStatusChange: { status: "available" } });
}
const figures = await new FairApi(organiser).dashboardDashboard();
console.log(figures.completedInterviews);
