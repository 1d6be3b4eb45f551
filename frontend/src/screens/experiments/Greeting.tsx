import { Button } from "@mantine/core";
import { IconPlus, IconUpload } from "@tabler/icons-react";
import { Link } from "react-router";
import { FilesButton } from "../../ui/FilesButton";
import { SampleCards } from "../samples/SampleCards";
import { takeFiles } from "../../library/uploads/takeFiles";
import classes from "./Greeting.module.css";

const FIRST = 4;

interface Props {
  onNew: () => void;
  making: boolean;
}

/** What somebody sees who has no experiment yet: something that works at a click, and the way to start. */
export function Greeting({ onNew, making }: Props) {
  return (
    <>
      <section aria-labelledby="samples" className={classes.part}>
        <h2 id="samples" className={classes.title}>
          Try a sample
        </h2>
        <p className={classes.text}>A click opens it and runs it. The copy is yours: change what you like.</p>
        <SampleCards level={3} most={FIRST} />
        <p className={classes.text}>
          <Link to="/samples">All samples</Link>: models trained, compared and validated, clusters, anomalies.
        </p>
      </section>
      <section aria-labelledby="own" className={classes.part}>
        <h2 id="own" className={classes.title}>
          Start with your own data
        </h2>
        <div className={classes.ways}>
          <div className={classes.drop}>
            <IconUpload size={24} stroke={1.5} aria-hidden className={classes.icon} />
            <p className={classes.say}>
              <strong>Drop a file here</strong>
              <span>CSV, Excel, Parquet, JSON lines, ARFF, R data, zip; an experiment file too.</span>
            </p>
            <FilesButton onFiles={(files) => void takeFiles(files)}>
              {(props) => (
                <Button variant="default" {...props}>
                  Choose files
                </Button>
              )}
            </FilesButton>
          </div>
          <div className={classes.blank}>
            <IconPlus size={24} stroke={1.5} aria-hidden className={classes.icon} />
            <p className={classes.say}>
              <strong>Begin with an empty canvas</strong>
              <span>Drag datasets and modules onto it, wire them, and run.</span>
            </p>
            <Button onClick={onNew} loading={making}>
              New experiment
            </Button>
          </div>
        </div>
      </section>
    </>
  );
}
