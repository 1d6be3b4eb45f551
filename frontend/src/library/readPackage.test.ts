import { zipSync, strToU8 } from "fflate";
import { expect, it } from "vitest";
import { readPackage } from "./readPackage";

const zip = (files: Record<string, string>) =>
  new File(
    [
      zipSync(
        Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
      ) as BlobPart,
    ],
    "p.zip",
  );

it("takes the texts of zips, and files as they are", async () => {
  const plain = new File(["{}"], "one.module.json");
  const packed = zip({ "a/x.xml": "<Module/>", "a/x.R": "f", "a/picture.png": "..", "__MACOSX/a.xml": "" });
  expect(await readPackage([plain, packed])).toEqual({
    "one.module.json": "{}",
    "a/x.xml": "<Module/>",
    "a/x.R": "f",
  });
});

it("refuses more than a package may have, and what is no zip", async () => {
  const many = Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`${at}.json`, "{}"]));
  await expect(readPackage([zip(many)])).rejects.toThrow("300 files");
  await expect(readPackage([zip({ "big.json": " ".repeat(9 << 20) })])).rejects.toThrow("8 MB");
  await expect(readPackage([new File(["no"], "no.zip")])).rejects.toThrow();
});
