//! What the C library and PostgreSQL say in other languages, so that one row serves all of them.

use std::borrow::Cow;

use super::indexed_text::IndexedText;

/// Messages of the C library, and their translations.
///
/// Source: glibc, po/*.po (2.36): strerror and gai_strerror.
const OF_C_LIBRARY: &[(&str, &[&str])] = &[
    (
        "No such file or directory",
        &[
            "Datei oder Verzeichnis nicht gefunden",
            "No existe el fichero o el directorio",
            "Aucun fichier ou dossier de ce type",
            "File o directory non esistente",
            "そのようなファイルやディレクトリはありません",
            "그런 파일이나 디렉터리가 없습니다",
            "Bestand of map bestaat niet",
            "Nie ma takiego pliku ani katalogu",
            "Arquivo ou diretório inexistente",
            "Нет такого файла или каталога",
            "Böyle bir dosya ya da dizin yok",
            "没有那个文件或目录",
            "沒有此一檔案或目錄",
        ],
    ),
    (
        "Permission denied",
        &[
            "Keine Berechtigung",
            "Permiso denegado",
            "Permission non accordée",
            "Permesso negato",
            "許可がありません",
            "허가 거부",
            "Toegang geweigerd",
            "Brak dostępu",
            "Permissão negada",
            "Отказано в доступе",
            "Erişim engellendi",
            "权限不够",
            "拒絕不符權限的操作",
        ],
    ),
    (
        "Connection refused",
        &[
            "Verbindungsaufbau abgelehnt",
            "Conexión rehusada",
            "Connexion refusée",
            "Connessione rifiutata",
            "接続を拒否されました",
            "연결이 거부됨",
            "Verbinding is geweigerd",
            "Połączenie odrzucone",
            "Conexão recusada",
            "В соединении отказано",
            "Bağlantı reddedildi",
            "拒绝连接",
            "連線被拒絕",
        ],
    ),
    (
        "Connection timed out",
        &[
            "Die Wartezeit für die Verbindung ist abgelaufen",
            "Expiró el tiempo de conexión",
            "Connexion terminée par expiration du délai d'attente",
            "Connessione scaduta",
            "接続がタイムアウトしました",
            "연결 시간 초과",
            "Verbinding is verlopen",
            "Przekroczony czas oczekiwania na połączenie",
            "Tempo esgotado para conexão",
            "Время ожидания соединения истекло",
            "Bağlantıda zaman aşımı",
            "连接超时",
            "連線超過時間",
        ],
    ),
    (
        "Address already in use",
        &[
            "Die Adresse wird bereits verwendet",
            "La dirección ya se está usando",
            "Adresse déjà utilisée",
            "Indirizzo già in uso",
            "アドレスは既に使用中です",
            "주소가 이미 사용 중입니다",
            "Adres is al in gebruik",
            "Adres jest już w użyciu",
            "Endereço já em uso",
            "Адрес уже используется",
            "Adres zaten kullanımda",
            "地址已在使用",
            "位址已經有在使用",
        ],
    ),
    (
        "No space left on device",
        &[
            "Auf dem Gerät ist kein Speicherplatz mehr verfügbar",
            "No queda espacio en el dispositivo",
            "Aucun espace disponible sur le périphérique",
            "Spazio esaurito sul device",
            "デバイスに空き領域がありません",
            "장치에 남은 공간이 없음",
            "Geen ruimte meer over op apparaat",
            "Brak miejsca na urządzeniu",
            "Não há espaço disponível no dispositivo",
            "На устройстве не осталось свободного места",
            "Aygıt üzerinde boş yer yok",
            "设备上没有空间",
            "裝置上已無多餘空間",
        ],
    ),
    (
        "Cannot allocate memory",
        &[
            "Nicht genügend Hauptspeicher verfügbar",
            "No se pudo asignar memoria",
            "Ne peut allouer de la mémoire",
            "Impossibile allocare memoria",
            "メモリを確保できません",
            "메모리를 할당할 수 없습니다",
            "Onvoldoende geheugen beschikbaar",
            "Nie można przydzielić pamięci",
            "Não foi possível alocar memória",
            "Невозможно выделить память",
            "Bellek ayrılamadı",
            "无法分配内存",
            "無法配置記憶體",
        ],
    ),
    (
        "Operation not permitted",
        &[
            "Die Operation ist nicht erlaubt",
            "Operación no permitida",
            "Opération non permise",
            "Operazione non permessa",
            "許可されていない操作です",
            "명령을 허용하지 않음",
            "Actie is niet toegestaan",
            "Operacja niedozwolona",
            "Operação não permitida",
            "Операция не позволена",
            "İşleme izin verilmedi",
            "不允许的操作",
            "此項操作並不被允許",
        ],
    ),
    (
        "Read-only file system",
        &[
            "Das Dateisystem ist nur lesbar",
            "Sistema de ficheros de sólo lectura",
            "Système de fichiers accessible en lecture seulement",
            "File system in sola lettura",
            "読み込み専用ファイルシステムです",
            "읽기전용 파일 시스템",
            "Bestandssysteem is alleen-lezen",
            "System plików wyłącznie do odczytu",
            "Sistema de arquivos somente para leitura",
            "Файловая система доступна только для чтения",
            "Salt-okunur dosya sistemi",
            "只读文件系统",
            "唯讀的檔案系統",
        ],
    ),
    (
        "No route to host",
        &[
            "Keine Route zum Zielrechner",
            "No existe ninguna ruta hasta el `host'",
            "Aucun chemin d'accès pour atteindre l'hôte cible",
            "Nessun instradamento per l'host",
            "ホストへの経路がありません",
            "호스트로 갈 루트가 없음",
            "Geen route naar host",
            "Brak trasy do hosta",
            "Não há rota para o host",
            "Нет маршрута до узла",
            "Makinaya ağ üzerinden yol yok",
            "没有到主机的路由",
            "找不到通往該主機的路由路徑",
        ],
    ),
    (
        "Name or service not known",
        &[
            "Der Name oder der Dienst ist nicht bekannt",
            "Nombre o servicio desconocido",
            "Nom ou service inconnu",
            "Nome o servizio sconosciuto",
            "名前またはサービスが不明です",
            "이름 혹은 서비스를 알 수 없습니다",
            "Naam of dienst is niet bekend",
            "Ta nazwa lub usługa jest nieznana",
            "Nome ou serviço desconhecido",
            "Неизвестное имя или служба",
            "İsim ya da servis bilinmiyor",
            "未知的名称或服务",
            "名稱或服務未知",
        ],
    ),
    (
        "Temporary failure in name resolution",
        &[
            "Temporärer Fehler bei der Namensauflösung",
            "Fallo temporal en la resolución del nombre",
            "Échec temporaire dans la résolution du nom",
            "Errore temporaneo nella risoluzione del nome",
            "名前解決に一時的に失敗しました",
            "name resolution에서 일시적인 실패",
            "Tijdelijk probleem in naamsherleiding",
            "Odwzorowanie nazwy jest chwilowo niemożliwe",
            "Falha temporário na resolução de nome",
            "Временный сбой в разрешении имен",
            "İsim çözünürlüğünde geçici başarısızlık",
            "域名解析暂时失败",
            "解析名稱時發生暫時性錯誤",
        ],
    ),
    (
        "Too many open files",
        &[
            "Zu viele offene Dateien",
            "Demasiados ficheros abiertos",
            "Trop de fichiers ouverts",
            "Troppi file aperti",
            "ファイルを開きすぎです",
            "열린 파일이 너무 많음",
            "Te veel open bestanden",
            "Za dużo otwartych plików",
            "Muitos arquivos abertos",
            "Слишком много открытых файлов",
            "Çok fazla açık dosya var",
            "打开的文件过多",
            "開啟太多檔案",
        ],
    ),
    (
        "Exec format error",
        &[
            "Fehler im Format der Programmdatei",
            "Formato de ejecutable incorrecto",
            "Erreur de format pour exec()",
            "Formato eseguibile non valido",
            "実行形式エラー",
            "Exec 형식 오류",
            "Verkeerd uitvoerbaar bestand",
            "Błędny format pliku wykonywalnego",
            "Erro no formato exec",
            "Ошибка формата выполняемого файла",
            "Çalıştırılabilir biçem hatası",
            "可执行文件格式错误",
            "可執行檔格式錯誤",
        ],
    ),
    (
        "Cannot assign requested address",
        &[
            "Die angeforderte Adresse kann nicht zugewiesen werden",
            "No se puede asignar la dirección solicitada",
            "Ne peut attribuer l'adresse demandée",
            "Impossibile assegnare l'indirizzo richiesto",
            "要求アドレスに割り当てられません",
            "요청한 주소를 배정할 수 없습니다",
            "Kan verzochte adres niet toewijzen",
            "Nie można przypisać żądanego adresu",
            "Não foi possível acessar o endereço requisitado",
            "Невозможно назначить запрошенный адрес",
            "İstenen adres bulunamıyor",
            "无法指定被请求的地址",
            "無法指定所需的位址",
        ],
    ),
    (
        "Network is unreachable",
        &[
            "Das Netzwerk ist nicht erreichbar",
            "La red es inaccesible",
            "Le réseau n'est pas accessible",
            "La rete non è raggiungibile",
            "ネットワークに届きません",
            "네트워크가 접근 불가능합니다",
            "Netwerk is onbereikbaar",
            "Sieć jest niedostępna",
            "A rede está fora de alcance",
            "Сеть недоступна",
            "Ağ erişilebilir durumda değil",
            "网络不可达",
            "無法接觸網路",
        ],
    ),
];

/// Messages of PostgreSQL with a name in them, and patterns for their translations.
///
/// Source: PostgreSQL, src/backend/po/*.po (15).
const OF_POSTGRES: &[(&str, &[&str])] = &[
    (
        "FATAL: password authentication failed for user",
        &[
            "Passwort-Authentifizierung für Benutzer »*« fehlgeschlagen",
            "authentification par mot de passe échouée pour l'utilisateur",
            "la autentificación password falló para el usuario",
            "autenticazione con password fallita per l'utente",
            "не прошёл проверку подлинности (по паролю)",
            "的密码认证失败",
            "のパスワード認証に失敗しました",
            "의 password 인증을 실패했습니다",
        ],
    ),
    (
        "FATAL: database \"?\" does not exist",
        &[
            "Datenbank »*« existiert nicht",
            "la base de données « *» n'existe pas",
            "no existe la base de datos «",
            "il database \"*\" non esiste",
            "база данных \"*\" не существует",
            "数据库 \"*\" 不存在",
            "データベース\"*\"は存在しません",
            "\" 데이터베이스 없음",
        ],
    ),
    (
        "FATAL: role \"?\" does not exist",
        &[
            "Rolle »*« existiert nicht",
            "le rôle « *» n'existe pas",
            "no existe el rol «",
            "il ruolo \"*\" non esiste",
            "роль \"*\" не существует",
            "角色 \"*\" 不存在",
            "ロール\"*\"は存在しません",
            "\" 롤(role) 없음",
        ],
    ),
    (
        "database files are incompatible with server",
        &[
            "Datenbankdateien sind inkompatibel mit Server",
            "les fichiers de la base de données sont incompatibles avec le serveur",
            "los archivos de base de datos son incompatibles con el servidor",
            "i file del database sono incompatibili col server",
            "файлы базы данных несовместимы с сервером",
            "数据库文件和服务器不兼容",
            "データベースファイルがサーバーと互換性がありません",
            "데이터베이스 파일들이 서버와 호환성이 없습니다",
        ],
    ),
    (
        "sorry, too many clients already",
        &[
            "schon zu viele Verbindungen",
            "trop de clients sont déjà connectés",
            "ya tenemos demasiados clientes",
            "troppi client già connessi",
            "уже слишком много клиентов",
            "客户端连接过多",
            "現在クライアント数が多すぎます",
            "최대 동시 접속자 수를 초과했습니다",
        ],
    ),
];

/// Indexes a log line. A known message of the C library in another language is replaced by its English text, to a
/// known message of PostgreSQL the English text is appended.
pub fn in_english(line: Cow<'_, str>) -> IndexedText<'_> {
    let indexed = IndexedText::new(line);
    let known = |(_, patterns): &&(&str, &[&str])| patterns.iter().any(|pattern| indexed.contains(pattern));
    if let Some((english, translations)) = OF_C_LIBRARY.iter().find(known) {
        let mut text = indexed.text().to_owned();
        for translation in *translations {
            text = text.replace(translation, english);
        }
        return IndexedText::new(text);
    }
    match OF_POSTGRES.iter().find(known) {
        Some((english, _)) => IndexedText::new(format!("{} {english}", indexed.text())),
        None => indexed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_in_other_languages_become_english() {
        for (line, english) in [
            (
                "bash: /app/web: Datei oder Verzeichnis nicht gefunden",
                "bash: /app/web: No such file or directory",
            ),
            (
                "mkdir: /data: Permiso denegado",
                "mkdir: /data: Permission denied",
            ),
            ("connect() : 拒绝连接", "connect() : Connection refused"),
            (
                "FATAL:  Rolle »web« existiert nicht",
                "FATAL:  Rolle »web« existiert nicht FATAL: role \"?\" does not exist",
            ),
            ("listening on 8080", "listening on 8080"),
        ] {
            assert_eq!(in_english(line.into()).text(), english);
        }
    }

    #[test]
    fn translations_are_unambiguous() {
        let mut seen = std::collections::HashSet::new();
        for translation in OF_C_LIBRARY.iter().chain(OF_POSTGRES).flat_map(|(_, all)| *all) {
            assert!(seen.insert(translation), "{translation}");
        }
    }
}
