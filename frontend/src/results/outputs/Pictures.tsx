import { SegmentedControl } from "@mantine/core";
import {
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconExternalLink,
  IconFileTypeSvg,
  IconFileZip,
} from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { picturesUrl, pictureUrl } from "../../api/artifacts";
import type { Picture } from "../../api/types";
import { IconButton } from "../../ui/IconButton";
import classes from "../views/device.module.css";
import { PictureStage } from "./PictureStage";
import { Thumbnail } from "./Thumbnail";
import { withoutTwins } from "./twins";

interface Props {
  artifact: string;
  pictures: readonly Picture[];
}

/** All pictures in the order they were made: one at a time, or side by side. */
export function Pictures({ artifact, pictures: all }: Props) {
  const { pictures, svgOf } = useMemo(() => withoutTwins(all), [all]);
  const [place, setPlace] = useState(0);
  const [way, setWay] = useState<"one" | "all">("one");
  const at = Math.min(place, pictures.length - 1);
  const picture = pictures[at];
  if (!picture) return null;
  const go = (by: number) => setPlace(Math.min(pictures.length - 1, Math.max(0, at + by)));
  const url = pictureUrl(artifact, picture.index);
  const svg = svgOf.get(picture.index);
  const alt = (index: number) => `Picture ${index + 1} of ${pictures.length}: ${pictures[index]?.name ?? ""}`;
  const one = way === "one";
  return (
    <div className={classes.pictures}>
      <div className={classes.bar}>
        {one ? (
          <>
            <IconButton label="Previous picture" disabled={at === 0} onClick={() => go(-1)}>
              <IconChevronLeft size={17} />
            </IconButton>
            <span className={classes.place} aria-live="polite">
              {at + 1} of {pictures.length}
            </span>
            <IconButton label="Next picture" disabled={at === pictures.length - 1} onClick={() => go(1)}>
              <IconChevronRight size={17} />
            </IconButton>
            <span className={classes.name}>{picture.name}</span>
          </>
        ) : (
          <span className={classes.name}>{pictures.length} pictures, in the order they were made</span>
        )}
        {pictures.length > 1 ? (
          <SegmentedControl
            size="xs"
            aria-label="How many pictures at once"
            data={[
              { value: "one", label: "One" },
              { value: "all", label: "All" },
            ]}
            value={way}
            onChange={(to) => setWay(to === "all" ? "all" : "one")}
          />
        ) : null}
        {one ? (
          <>
            <IconButton
              label="Open the picture in a new tab"
              onClick={() => window.open(url, "_blank", "noopener")}
            >
              <IconExternalLink size={16} />
            </IconButton>
            <a
              className={classes.save}
              href={url}
              download={picture.name}
              aria-label="Save the picture"
              title="Save the picture"
            >
              <IconDownload size={16} />
            </a>
            {svg === undefined ? null : (
              <a
                className={classes.save}
                href={pictureUrl(artifact, svg)}
                download={all[svg]?.name}
                aria-label="Save the picture as SVG"
                title="Save the picture as SVG"
              >
                <IconFileTypeSvg size={16} />
              </a>
            )}
          </>
        ) : null}
        {pictures.length > 1 ? (
          <a
            className={classes.save}
            href={picturesUrl(artifact)}
            download
            aria-label="Save all pictures"
            title="Save all pictures (zip)"
          >
            <IconFileZip size={16} />
          </a>
        ) : null}
      </div>
      {one ? (
        <PictureStage key={at} url={url} alt={alt(at)} onGo={go} />
      ) : (
        <ul className={classes.wall} aria-label="All pictures" tabIndex={0}>
          {pictures.map(({ name, index: artifactIndex }, index) => (
            <li key={index}>
              <button
                type="button"
                className={classes.card}
                aria-label={`Open picture ${index + 1}`}
                onClick={() => {
                  setPlace(index);
                  setWay("one");
                }}
              >
                <span className={classes.small}>
                  <Thumbnail artifact={artifact} index={artifactIndex} alt={alt(index)} />
                </span>
                <span className={classes.caption}>
                  {index + 1} · {name}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
