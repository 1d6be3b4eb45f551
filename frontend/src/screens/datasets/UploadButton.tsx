import { Button, Menu } from "@mantine/core";
import { IconAdjustments, IconChevronDown, IconUpload } from "@tabler/icons-react";

import { FilesButton } from "../../ui/FilesButton";
import { useUploads } from "../../library/uploads/store";
import { openUploadForm } from "./UploadForm";
import classes from "./UploadButton.module.css";

/** Uploads at once; the arrow beside it asks for name and format first. */
export function UploadButton() {
  return (
    <div className={classes.pair}>
      <FilesButton onFiles={(files) => useUploads.getState().add(files)}>
        {(props) => (
          <Button leftSection={<IconUpload size={16} />} className={classes.main} {...props}>
            Upload
          </Button>
        )}
      </FilesButton>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button aria-label="More ways to upload" className={classes.more}>
            <IconChevronDown size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconAdjustments size={16} stroke={1.75} />}
            onClick={() => openUploadForm()}
          >
            Upload with options…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
