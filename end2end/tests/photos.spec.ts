import type { Page } from "@playwright/test";
import { CANARY, photo, tellingJpeg } from "../support/photo.ts";
import { Tap } from "../support/tap.ts";
import { act, expect, fill, receipt, send, test, whistle } from "../support/test.ts";

// Photos in a browser that runs the islands. What left it is read off the wire, byte by byte.

type Colour = [number, number, number];
const RED: Colour = [220, 30, 30];
const GREEN: Colour = [30, 160, 30];
const BLUE: Colour = [30, 30, 220];
const YELLOW: Colour = [230, 220, 30];

/** A JPEG of four colours: red and green above, blue and yellow below, with noise so that it has some size. */
async function fourColours(page: Page, width = 800, height = 600): Promise<Buffer> {
  const made = await page.evaluate(
    async ({ width, height, colours }) => {
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      const brush = canvas.getContext("2d") as CanvasRenderingContext2D;
      colours.forEach((colour, at) => {
        brush.fillStyle = `rgb(${colour.join(",")})`;
        brush.fillRect((at % 2) * (width / 2), Math.floor(at / 2) * (height / 2), width / 2, height / 2);
      });
      return canvas.toDataURL("image/jpeg", 0.98);
    },
    { width, height, colours: [RED, GREEN, BLUE, YELLOW] },
  );
  return Buffer.from(made.split(",")[1] as string, "base64");
}

/** Width, height and the colours at points given in percent, as a viewer without any metadata sees them. */
async function look(page: Page, jpeg: Buffer, points: [number, number][]): Promise<{ width: number; height: number; colours: Colour[] }> {
  return page.evaluate(
    async ({ base64, points }) => {
      const image = new Image();
      image.src = `data:image/jpeg;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const brush = canvas.getContext("2d") as CanvasRenderingContext2D;
      brush.drawImage(image, 0, 0);
      const colours = points.map(([x, y]) => [...brush.getImageData(Math.min(canvas.width - 1, Math.floor((canvas.width * x) / 100)), Math.min(canvas.height - 1, Math.floor((canvas.height * y) / 100)), 1, 1).data.slice(0, 3)]);
      return { width: canvas.width, height: canvas.height, colours: colours as [number, number, number][] };
    },
    { base64: jpeg.toString("base64"), points },
  );
}

const QUARTERS: [number, number][] = [[25, 25], [75, 25], [25, 75], [75, 75]];

function expectColours(got: Colour[], wanted: Colour[], what: string): void {
  got.forEach((colour, at) => colour.forEach((part, of) => expect(Math.abs(part - (wanted[at] as Colour)[of]!), `${what}: point ${at} is ${colour}, not ${wanted[at]}`).toBeLessThan(40)));
}

/** Opens the form and waits for the islands. */
async function open(page: Page, url = ""): Promise<void> {
  await page.goto(`${url}/whistle`);
  await expect(page.locator("#photos-look"), "the photo desk is awake").toBeHidden();
}

function asFile(buffer: Buffer, name = "IMG_王小明_20260901.jpg"): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "image/jpeg", buffer };
}

const input = (page: Page) => page.locator("input#photos");
const shots = (page: Page) => page.locator(".shots li");
const said = (page: Page) => page.locator(".shots-said");
/** A button of one photo. */
const tool = (page: Page, name: string, of = 1) => page.getByRole("button", { name: new RegExp(`^${name}\\s*照片 ${of}$`) });
const inInput = (page: Page) => input(page).evaluate((it: HTMLInputElement) => [...(it.files ?? [])].map((file) => file.name));

async function choose(page: Page, files: ReturnType<typeof asFile>[], shown = files.length): Promise<void> {
  await input(page).setInputFiles(files);
  await expect(shots(page)).toHaveCount(shown);
  await expect(said(page)).toContainText(/好了/);
}

/** Sends the form and gives the photos that went over the wire. */
async function sent(page: Page, tap: Tap): Promise<Buffer[]> {
  await fill(page, whistle());
  await send(act(page, "file"));
  await expect(page).toHaveURL(/\/whistle\/receipt/);
  await receipt(page);
  // A kept draft sends them without the ending.
  for (const photo of tap.photos()) expect(photo.name).toMatch(/^photo(\.jpg)?$/);
  return tap.photos().map((photo) => photo.bytes);
}

test.describe("over a wire that is listened to", () => {
  let tap: Tap;
  test.beforeEach(async ({ city }) => {
    tap = await Tap.on(city.url);
  });
  test.afterEach(async () => tap.close());

  test("neither place nor device nor name of a photo leaves the browser, and it goes upright", async ({ page }) => {
    await open(page, tap.url);
    const telling = tellingJpeg(await fourColours(page, 2400, 1800), 6);
    expect(telling.includes(CANARY), "the photo tells, or this test proves nothing").toBe(true);
    await choose(page, [asFile(telling), { ...photo("IMG_王小明.png"), mimeType: "image/png" }]);
    expect(await inInput(page)).toEqual(["photo.jpg", "photo.jpg"]);
    const [ready, first] = [await said(page).innerText(), await shots(page).first().innerText()];
    const [jpeg, png] = await sent(page, tap);
    const wire = tap.bytes();
    for (const canary of [CANARY, "27.5603N", "taken by", "Exif", "xmpmeta", "王小明", "tEXt"]) expect(wire.includes(canary), `${canary} went over the wire`).toBe(false);
    expect(png?.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const seen = await look(page, jpeg as Buffer, QUARTERS);
    // Turned right by 90 degrees, and small.
    expect([seen.width, seen.height]).toEqual([1536, 2048]);
    expectColours(seen.colours, [BLUE, RED, YELLOW, GREEN], "upright");
    // What the page said of it is true.
    const was = telling.length >= 900_001 ? `${(Math.ceil(telling.length / 1e5) / 10).toFixed(1)} MB` : `${Math.ceil(telling.length / 1e3)} KB`;
    expect(first).toContain(`原来 ${was}，现在 `);
    expect(ready).toMatch(/^2 张照片好了：原来 [\d.]+ [KM]B，现在 [\d.]+ [KM]B。里面记的拍摄地点已经去掉。$/);
  });

  test("sending at once waits for the photos: nothing goes as it came", async ({ page }) => {
    await open(page, tap.url);
    const telling = tellingJpeg(await fourColours(page, 4000, 3000));
    await fill(page, whistle());
    await input(page).setInputFiles([asFile(telling), asFile(telling), asFile(telling)]);
    const answered = page.waitForEvent("load");
    await act(page, "file").evaluate((button: HTMLButtonElement) => button.click());
    await answered;
    await expect(page).toHaveURL(/\/whistle\/receipt/);
    expect(tap.photos()).toHaveLength(3);
    expect(tap.bytes().includes(CANARY)).toBe(false);
  });

  test("what is covered is not in what is sent, by keyboard alone", async ({ page }) => {
    await open(page, tap.url);
    await choose(page, [asFile(tellingJpeg(await fourColours(page)))]);
    const edit = tool(page, "遮住或裁剪", 1);
    await edit.focus();
    await page.keyboard.press("Enter");
    await expect(edit).toHaveAttribute("aria-expanded", "true");
    // The frame is the middle; from there to the red quarter: 0 to 50 percent each way.
    const slide = async (name: string, to: number, key: string) => {
      const slider = page.getByRole("slider", { name });
      for (let step = 0; step < 8 && !(await slider.evaluate((it) => it === document.activeElement)); step++) await page.keyboard.press("Tab");
      await expect(slider).toBeFocused();
      for (let step = 0; step < 100 && Number(await slider.inputValue()) !== to; step++) await page.keyboard.press(key);
      await expect(slider).toHaveAttribute("aria-valuetext", `${to}%`);
    };
    await slide("框离左边", 0, "ArrowLeft");
    await slide("框离上边", 0, "ArrowLeft");
    await slide("框的宽", 50, "ArrowRight");
    await slide("框的高", 50, "ArrowRight");
    await page.keyboard.press("Tab");
    await expect(tool(page, "遮住框里的", 1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(said(page)).toHaveText(/^遮住了/);
    await page.getByRole("button", { name: "改好了" }).press("Enter");
    await expect(edit).toBeFocused();
    const [jpeg] = await sent(page, tap);
    const inside: [number, number][] = [];
    for (let x = 1; x < 50; x += 2) for (let y = 1; y < 50; y += 2) inside.push([x, y]);
    const seen = await look(page, jpeg as Buffer, [...inside, ...QUARTERS.slice(1)]);
    const covered = seen.colours.slice(0, inside.length);
    for (const colour of covered) expect(Math.max(...colour) - Math.min(...colour), `grey, whatever was below: ${colour}`).toBeLessThan(24);
    // Two tones and no more: nothing of the picture decides what stands there.
    const tones = covered.map((colour) => Math.min(Math.abs(colour[0] - 0x2b), Math.abs(colour[0] - 0x6b)));
    expect(tones.filter((off) => off > 8).length, "only edges of blocks are in between").toBeLessThan(covered.length / 5);
    expectColours(seen.colours.slice(inside.length), [GREEN, BLUE, YELLOW], "the rest");
  });

  test("turned, cut by dragging, one step back", async ({ page }) => {
    await open(page, tap.url);
    await choose(page, [asFile(tellingJpeg(await fourColours(page)))]);
    await tool(page, "转一下", 1).click();
    await expect(said(page)).toHaveText("转好了。");
    await tool(page, "遮住或裁剪", 1).click();
    const stage = page.locator(".stage");
    await stage.scrollIntoViewIfNeeded();
    const box = await stage.boundingBox();
    if (!box) throw new Error("the picture is not to be seen");
    const drag = async (from: [number, number], to: [number, number]) => {
      await page.mouse.move(box.x + (box.width * from[0]) / 100, box.y + (box.height * from[1]) / 100);
      await page.mouse.down();
      await page.mouse.move(box.x + (box.width * to[0]) / 100, box.y + (box.height * to[1]) / 100, { steps: 5 });
      await page.mouse.up();
    };
    // Turned right, blue and red are above. A new frame over the left half, covered and taken back.
    await drag([1, 1], [50, 99]);
    await tool(page, "遮住框里的", 1).click();
    await expect(said(page)).toHaveText(/^遮住了/);
    await page.getByRole("button", { name: "退回一步" }).click();
    await expect(said(page)).toHaveText("退回了一步。");
    await tool(page, "只留框里的", 1).click();
    await expect(said(page)).toHaveText(/^裁好了/);
    await page.getByRole("button", { name: "改好了" }).click();
    const [jpeg] = await sent(page, tap);
    const seen = await look(page, jpeg as Buffer, [[50, 25], [50, 75], [90, 25]]);
    expect(Math.abs(seen.width - 294)).toBeLessThan(12);
    expect(Math.abs(seen.height - 784)).toBeLessThan(12);
    expectColours(seen.colours, [BLUE, YELLOW, BLUE], "the left half, turned");
  });

  test("covering and sending in one breath sends what is covered", async ({ page }) => {
    await open(page, tap.url);
    await choose(page, [asFile(await fourColours(page, 2000, 1500))]);
    await fill(page, whistle());
    await tool(page, "遮住或裁剪", 1).click();
    const answered = page.waitForEvent("load");
    await page.evaluate(() => {
      const button = (text: string) => [...document.querySelectorAll<HTMLButtonElement>("button")].find((it) => it.textContent?.includes(text));
      button("遮住框里的")?.click();
      document.querySelector<HTMLButtonElement>("button[name=act][value=file]:not([aria-hidden])")?.click();
    });
    await answered;
    await expect(page).toHaveURL(/\/whistle\/receipt/);
    const [jpeg] = tap.photos();
    const seen = await look(page, jpeg?.bytes as Buffer, [[35, 35], [65, 35], [35, 65], [65, 65]]);
    for (const colour of seen.colours) expect(Math.max(...colour) - Math.min(...colour), `grey: ${colour}`).toBeLessThan(24);
  });
});

test("six and no more, chosen in two goes; each can be left out", async ({ page }) => {
  await open(page);
  const jpegs: Buffer[] = [];
  for (let at = 0; at < 8; at++) jpegs.push(await fourColours(page, 320 + 8 * at, 240));
  const some = (from: number, to: number) => jpegs.slice(from, to).map((jpeg) => asFile(jpeg));
  await choose(page, some(0, 4));
  await choose(page, some(4, 8), 6);
  expect(await inInput(page)).toHaveLength(6);
  await expect(page.locator(".shots [role=alert]")).toHaveText("最多 6 张，多选的没有加上。");
  await tool(page, "去掉", 6).click();
  await expect(input(page)).toBeFocused();
  await expect(shots(page)).toHaveCount(5);
  expect(await inInput(page)).toHaveLength(5);
  // The server has them all: those that wait there leave room for one.
  await send(act(page, "preview"));
  await expect(page.locator(".staged li")).toHaveCount(5);
  await expect(page.locator("#photos-look")).toBeHidden();
  await choose(page, some(6, 8), 1);
  expect(await inInput(page)).toHaveLength(1);
});

test("what is no photo is named and left out, and nobody sends believing otherwise", async ({ page }) => {
  await open(page);
  await input(page).setInputFiles([
    { name: "通知.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%âãÏÓ\n") },
    { name: "IMG_0007.HEIC", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic") },
    asFile(await fourColours(page, 320, 240)),
  ]);
  await expect(page.locator(".shots [role=alert] p")).toHaveCount(2);
  await expect(page.locator(".shots [role=alert]")).toContainText("“通知.pdf”");
  await expect(page.locator(".shots [role=alert]")).toContainText("“IMG_0007.HEIC”");
  await expect(shots(page)).toHaveCount(1);
  expect(await inInput(page)).toEqual(["photo.jpg"]);
  // Sent in the same breath: it stops and says why.
  await fill(page, whistle());
  await act(page, "file").evaluate((button: HTMLButtonElement) => {
    const carrier = new DataTransfer();
    carrier.items.add(new File(["....ftypheic"], "第二张.heic"));
    const input = document.querySelector<HTMLInputElement>("#photos");
    if (input) input.files = carrier.files;
    input?.dispatchEvent(new Event("change", { bubbles: true }));
    button.click();
  });
  await expect(said(page)).toHaveText(/^还没有发/);
  await expect(page).toHaveURL(/\/whistle$/);
  await expect(input(page)).toBeFocused();
  // And goes when asked again.
  await send(act(page, "file"));
  await expect(page).toHaveURL(/\/whistle\/receipt/);
});

test("a photo that only the server may open goes as it came, and the page says so", async ({ page }) => {
  await open(page);
  // A JPEG by its beginning that no decoder opens.
  await input(page).setInputFiles([asFile(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400)]))]);
  await expect(shots(page)).toHaveCount(1);
  await expect(shots(page)).toContainText("按原样发");
  await expect(said(page)).not.toContainText("去掉");
  await expect(page.getByRole("button", { name: "遮住或裁剪" })).toHaveCount(0);
  expect(await inInput(page)).toEqual(["photo.jpg"]);
});

test("where the canvas lies, the form stays as it is", async ({ page }) => {
  await page.addInitScript(() => {
    const real = CanvasRenderingContext2D.prototype.getImageData;
    CanvasRenderingContext2D.prototype.getImageData = function (...given: Parameters<typeof real>) {
      const data = real.apply(this, given);
      data.data.fill(255);
      return data;
    };
  });
  await page.goto("/whistle");
  await page.waitForTimeout(1500);
  await expect(page.locator("#photos-look")).toBeVisible();
  await input(page).setInputFiles([photo()]);
  expect(await inInput(page)).toEqual(["IMG_0001.png"]);
  await expect(shots(page)).toHaveCount(0);
});
