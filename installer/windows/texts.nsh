; What the Windows set-up says, in the two languages of the program.
!macro Text name english chinese
  LangString ${name} ${LANG_ENGLISH} "${english}"
  LangString ${name} ${LANG_SIMPCHINESE} "${chinese}"
!macroend

!define NL "$\r$\n"

; The first page, the folder, the last page.
!insertmacro Text WELCOME_TITLE "Welcome to OpenMSS ${VERSION}" "欢迎使用 OpenMSS ${VERSION}"
!insertmacro Text WELCOME "OpenMSS makes this PC the telephone exchange of your office: extensions, outside lines, voice mail, announcements and call records.${NL}${NL}Installing takes about a minute. The PC need not be restarted." "OpenMSS 让这台电脑成为办公室的电话交换机：分机、外线、语音信箱、语音文件与呼叫记录。${NL}${NL}安装约需一分钟，不必重新启动电脑。"
!insertmacro Text WELCOME_UPGRADE "OpenMSS $OldVersion is installed on this PC. This brings it up to ${VERSION}, in the same folder:${NL}${NL}$INSTDIR${NL}${NL}The settings are copied to the folder “backups” first. Recordings and your own announcements are not touched." "这台电脑上已安装 OpenMSS $OldVersion。将在原文件夹中升级到 ${VERSION}：${NL}${NL}$INSTDIR${NL}${NL}升级前，设置会先复制到“backups”文件夹。录音和您自己的语音文件不受影响。"
!insertmacro Text WELCOME_AGAIN "OpenMSS ${VERSION} is installed on this PC already. This puts its files there once more, in the same folder, and lets you choose again what starts by itself:${NL}${NL}$INSTDIR${NL}${NL}Settings, recordings and your own announcements stay as they are." "这台电脑上已安装 OpenMSS ${VERSION}。将在原文件夹中重新安装，并可重新选择自动启动的方式：${NL}${NL}$INSTDIR${NL}${NL}设置、录音和您自己的语音文件保持不变。"
!insertmacro Text FOLDER_TEXT "OpenMSS is put into the folder below. It is that of miniSIPServer, so that announcements recorded for it are found: they lie in mss_ann\cust_ann, and set-up never changes them. Another folder will do as well." "OpenMSS 将安装到下面的文件夹。它与 miniSIPServer 的文件夹相同，以便找到为其录制的语音文件：它们位于 mss_ann\cust_ann，安装程序不会改动。也可以选择其他文件夹。"
!insertmacro Text COPYING "Copying the programs…" "正在复制程序…"
!insertmacro Text FINISH_TITLE "OpenMSS is installed" "OpenMSS 已安装"
!insertmacro Text FINISH "The first start makes three extensions and shows their passwords. Enter one of them in each phone, and you can call.${NL}${NL}Later you find OpenMSS in the Start menu." "首次启动时会创建三个分机并显示其密码。在每部话机中填写其中一个，即可通话。${NL}${NL}以后可从开始菜单启动 OpenMSS。"
!insertmacro Text FINISH_UPGRADE "Version ${VERSION} is ready. Settings, recordings and your own announcements are where they were." "版本 ${VERSION} 已就绪。设置、录音和您自己的语音文件保持原样。"
!insertmacro Text FINISH_SERVICE "OpenMSS is a service now, and starts with the PC. Set it up in a command prompt opened as administrator:${NL}${NL}$INSTDIR\openmss-cli --data C:\ProgramData\OpenMSS${NL}${NL}Do not start the window beside it: both want the same ports." "OpenMSS 现在作为服务运行，并随电脑启动。请在以管理员身份打开的命令提示符中设置：${NL}${NL}$INSTDIR\openmss-cli --data C:\ProgramData\OpenMSS${NL}${NL}请勿同时启动窗口程序：两者使用相同的端口。"
!insertmacro Text START_NOW "Start OpenMSS now" "立即启动 OpenMSS"

; What can be chosen. What is said of it has two lines of some fifty letters.
!insertmacro Text PROGRAM "OpenMSS" "OpenMSS"
!insertmacro Text PROGRAM_TEXT "The telephone exchange, with its window and its command line." "电话交换机：窗口程序与命令行程序。"
!insertmacro Text ENTRIES "Start menu and desktop" "开始菜单与桌面图标"
!insertmacro Text ENTRIES_TEXT "Entries to start OpenMSS with." "用于启动 OpenMSS 的快捷方式。"
!insertmacro Text FIREWALL "Let phones through the firewall" "允许话机通过防火墙"
!insertmacro Text FIREWALL_TEXT "A rule of the Windows firewall for OpenMSS. Without it phones cannot register." "为 OpenMSS 添加 Windows 防火墙规则。没有它，话机无法注册。"
!insertmacro Text AUTOSTART "Start when somebody logs on" "用户登录时启动"
!insertmacro Text AUTOSTART_TEXT "Its window opens when somebody logs on. Otherwise OpenMSS has to be started by hand." "用户登录时启动 OpenMSS 及其窗口。否则需手动启动后话机才能使用。"
!insertmacro Text SERVICE "Windows service, without the window" "Windows 服务（无窗口）"
!insertmacro Text SERVICE_HINT "Starts with the PC, before anybody logs on. It is set up by commands (openmss-cli), not in the window." "随电脑启动，无需用户登录。通过命令（openmss-cli）而非窗口进行设置。"
!insertmacro Text SERVICE_TEXT "The OpenMSS server without a window, started with the PC. Its data folder is C:\ProgramData\OpenMSS." "不带窗口的 OpenMSS 服务器，随电脑启动。其数据文件夹为 C:\ProgramData\OpenMSS。"

; What stands in the way.
!insertmacro Text RUNNING "OpenMSS is running, and has to end first." "OpenMSS 正在运行，必须先结束。"
!insertmacro Text CALLS "These calls are cut off then:" "以下通话会被挂断："
!insertmacro Text NO_CALLS "No call is in progress." "目前没有通话。"
!insertmacro Text END_IT "End it and go on?" "是否结束它并继续？"
!insertmacro Text STILL_RUNNING "OpenMSS still runs and could not be ended. Nothing was changed. End it and start this again." "OpenMSS 仍在运行，无法结束。没有作任何改动。请先结束它，再重新运行。"
!insertmacro Text NO_SPACE "There is too little room on $2: $1 MB are needed, $0 MB are free. Nothing was changed." "$2 上的空间不足：需要 $1 MB，可用 $0 MB。没有作任何改动。"
!insertmacro Text NOT_WRITTEN "Some files could not be written. Is the disk full, or is a program using the folder?" "有文件无法写入。磁盘是否已满，或者有程序正在使用该文件夹？"
!insertmacro Text NO_SERVICE "The Windows service could not be made:" "无法创建 Windows 服务："
!insertmacro Text NO_BACKUP "The settings could not be copied to the folder “backups”. Nothing was changed. Is the disk full?" "无法把设置复制到“backups”文件夹。没有作任何改动。磁盘是否已满？"
!insertmacro Text ONLY_64 "OpenMSS needs a 64-bit Windows 10 or 11." "OpenMSS 需要 64 位的 Windows 10 或 11。"
!insertmacro Text NEWER_IS_THERE "OpenMSS $OldVersion is installed. This is the older ${VERSION}, which cannot read what the newer one has saved. Nothing was changed. To go back, uninstall the newer one first; your settings and announcements stay." "已安装 OpenMSS $OldVersion。此安装程序是较旧的 ${VERSION}，无法读取新版本保存的数据。没有作任何改动。如需退回，请先卸载新版本；设置与语音文件会保留。"

; The uninstaller.
!insertmacro Text UNINSTALL_TITLE "Uninstall OpenMSS" "卸载 OpenMSS"
!insertmacro Text UNINSTALL_SUBTITLE "Remove OpenMSS ${VERSION} from this PC." "从这台电脑中删除 OpenMSS ${VERSION}。"
!insertmacro Text UNINSTALL_TEXT "The programs are deleted from this folder, with their entries, the firewall rule and the service:" "将从此文件夹中删除程序，以及快捷方式、防火墙规则与服务："
!insertmacro Text DELETE_SETTINGS "Delete the settings, the call records and the log as well" "同时删除设置、呼叫记录与日志"
!insertmacro Text STAYS "Recordings, voice messages and your own announcements (mss_ann\cust_ann) stay in any case." "录音、语音留言和您自己的语音文件（mss_ann\cust_ann）始终保留。"
