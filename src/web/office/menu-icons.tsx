// Icons of the menu entries.
import { ApartmentOutlined, AuditOutlined, BarChartOutlined, BookOutlined, BranchesOutlined, CalendarOutlined, CheckSquareOutlined, CloudUploadOutlined, CopyOutlined, DatabaseOutlined, ExportOutlined, EyeInvisibleOutlined, FileSearchOutlined, FileTextOutlined, HomeOutlined, NotificationOutlined, LaptopOutlined, MergeCellsOutlined, ProfileOutlined, SearchOutlined, SolutionOutlined, SwapOutlined, TableOutlined, TabletOutlined, TeamOutlined, UserAddOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

export const menuIcons: Readonly<Record<string, ReactNode>> = {
  work: <HomeOutlined />,
  progress: <BarChartOutlined />,
  people: <SearchOutlined />,
  records: <ProfileOutlined />,
  add: <UserAddOutlined />,
  offline: <LaptopOutlined />,
  review: <AuditOutlined />,
  batch: <CheckSquareOutlined />,
  handovers: <SwapOutlined />,
  terminals: <TabletOutlined />,
  nodes: <ApartmentOutlined />,
  catalogue: <DatabaseOutlined />,
  imports: <CloudUploadOutlined />,
  matching: <BranchesOutlined />,
  fusion: <MergeCellsOutlined />,
  blind: <EyeInvisibleOutlined />,
  findings: <FileSearchOutlined />,
  cases: <SolutionOutlined />,
  reports: <FileTextOutlined />,
  releases: <ExportOutlined />,
  copies: <CopyOutlined />,
  notices: <NotificationOutlined />,
  schemes: <BookOutlined />,
  holidays: <CalendarOutlined />,
  accounts: <TeamOutlined />,
  matrix: <TableOutlined />,
};
