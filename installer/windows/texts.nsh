; What the Windows set-up says, in the two languages of the program.
!macro Text name english chinese
  LangString ${name} ${LANG_ENGLISH} "${english}"
  LangString ${name} ${LANG_SIMPCHINESE} "${chinese}"
!macroend

!insertmacro Text PROGRAM "OpenMSS" "OpenMSS"
!insertmacro Text PROGRAM_TEXT "The telephone exchange, with its window and its command line." "电话交换机：窗口程序与命令行程序。"
!insertmacro Text ENTRIES "Start menu and desktop" "开始菜单与桌面图标"
!insertmacro Text ENTRIES_TEXT "Entries to start OpenMSS with." "用于启动 OpenMSS 的快捷方式。"
!insertmacro Text FIREWALL "Let phones through the firewall" "允许话机通过防火墙"
!insertmacro Text FIREWALL_TEXT "A rule of the Windows firewall for OpenMSS, deleted when it is uninstalled. Without it phones cannot register." "为 OpenMSS 添加 Windows 防火墙规则，卸载时删除。没有它，话机无法注册。"
!insertmacro Text AUTOSTART "Start at log-on" "登录时启动"
!insertmacro Text AUTOSTART_TEXT "OpenMSS and its window start when somebody logs on." "用户登录时启动 OpenMSS 及其窗口。"
!insertmacro Text SERVICE "Windows service" "Windows 服务"
!insertmacro Text SERVICE_TEXT "The OpenMSS server without a window, started with the PC. Its data folder is C:\ProgramData\OpenMSS." "不带窗口的 OpenMSS 服务器，随电脑启动。其数据文件夹为 C:\ProgramData\OpenMSS。"
!insertmacro Text RUNNING "OpenMSS is running. Calls in progress are ended when it stops. End it and go on?" "OpenMSS 正在运行。停止时，正在进行的通话会被挂断。是否结束它并继续？"
!insertmacro Text STILL_RUNNING "OpenMSS still runs and could not be ended. Nothing was changed. End it and start this again." "OpenMSS 仍在运行，无法结束。没有作任何改动。请先结束它，再重新运行。"
!insertmacro Text NOT_WRITTEN "Some files could not be written. Is the disk full, or is a program using the folder?" "有文件无法写入。磁盘是否已满，或者有程序正在使用该文件夹？"
!insertmacro Text NO_SERVICE "The Windows service could not be made:" "无法创建 Windows 服务："
!insertmacro Text NO_BACKUP "The settings could not be copied to the folder “backups”. Nothing was changed. Is the disk full?" "无法把设置复制到“backups”文件夹。没有作任何改动。磁盘是否已满？"
!insertmacro Text ONLY_64 "OpenMSS needs a 64-bit Windows 10 or 11." "OpenMSS 需要 64 位的 Windows 10 或 11。"
!insertmacro Text NEWER_IS_THERE "OpenMSS $OldVersion is installed. This is the older ${VERSION}, which cannot read what the newer one has saved. Nothing was changed. Uninstall the newer one first; your settings and announcements stay." "已安装 OpenMSS $OldVersion。此安装程序是较旧的 ${VERSION}，无法读取新版本保存的数据。没有作任何改动。请先卸载新版本；设置与录音会保留。"
!insertmacro Text DELETE_SETTINGS "Delete the settings, the call records and the log as well? Recordings and your own announcements (mss_ann\cust_ann) stay in any case." "是否同时删除设置、话单与日志？录音和您自己的语音（mss_ann\cust_ann）始终保留。"
